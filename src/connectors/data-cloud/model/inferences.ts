import { baseName } from './model-names.ts';

/** Objects whose rows a program concluded, by the end of their names. */
const CONCLUDED =
  /(?:Insight|Score|Prediction|Propensity|Affinity|Recommendation|AiAgentMoment|AiAgentTagAssociation|Inference)s?$/i;

/**
 * Whether the rows of an object are inferences: what a program concluded about a person, rather
 * than what the person gave or did. Metadata decide first: it is a calculated insight, or says how
 * sure it is. Its name decides last.
 *
 * @see Data 360 DMO and Mapping Guide, "AI Participant Insight DMO" (`ConfidenceLvlTxt`), "Business
 *   Insight DMO" (`ConfidenceScoreNumber`), "AI Agent Moment DMO" (summaries), "AI Agent Tag
 *   Association DMO" (`AssociationReasonText`); read 2026-11
 */
export const isInference = ({
  name,
  fields,
}: {
  readonly name: string;
  readonly fields: readonly { readonly name: string }[];
}): boolean =>
  /__cio$/i.test(name) ||
  fields.some((field) => /^Confidence(?:Lvl|Level|Score)/i.test(baseName(field.name))) ||
  CONCLUDED.test(baseName(name));
