import type { Instant } from '@dossier/law';
import type { FieldDescription } from './receipt.ts';

/**
 * A field that holds a party ID or another key, and the field that qualifies it if the object has
 * one.
 */
export interface KeyField {
  readonly field: string;
  readonly keyQualifier: string | null;
  /** Whether the field holds numbers: the engine compares it with numbers only. */
  readonly number?: boolean;
}

/**
 * For `through`: the parent object, its primary key, and the child's field that points at it. For
 * `unified`: the link object.
 */
export interface Parent {
  readonly object: string;
  readonly key: KeyField;
  readonly childField: KeyField;
  readonly dataSourceField: string | null;
  /**
   * What the parent's `sourceField` names, if that is people and not the parent. Examples are
   * contact points behind a link object, and a conversation's session behind its turn.
   */
  readonly via?: {
    readonly object: string;
    readonly key: KeyField;
    readonly sourceField: KeyField;
    readonly dataSourceField: string | null;
  };
}

/**
 * One Data Cloud object that holds rows about a person, and how its rows lead to the person.
 *
 * `self`: the individual object. `direct`: a key of its own points at the individual. `through`:
 * its key points at the primary key of a `direct` object. `unified`: identity resolution made it,
 * or it counts what identity resolution made, and a link object names the individuals.
 */
export interface PersonObject {
  readonly name: string;
  readonly label: string;
  readonly reach: 'self' | 'direct' | 'through' | 'unified';
  /** Fields that hold a party ID; for `through` and `unified`, those of the parent object. */
  readonly personFields: readonly KeyField[];
  readonly parent?: Parent;
  /** For `through`: further parents, each with the fields of its own that hold a party ID. */
  readonly otherWays?: readonly {
    readonly parent: Parent;
    readonly personFields: readonly KeyField[];
    /** How this way leads there, if not as the first one does. */
    readonly reach?: 'through';
    /**
     * Fields of the object itself that name people: this way returns only rows that name nobody
     * there.
     */
    readonly unlessNamed?: readonly KeyField[];
    /** Fields of the parent: if one names a person, no row is reached through that parent. */
    readonly parentUnlessNamed?: readonly KeyField[];
  }[];
  /** Of one way: see `otherWays`. */
  readonly unlessNamed?: readonly KeyField[];
  /** Fields of the parent: if one names a person, no row is reached through that parent. */
  readonly parentUnlessNamed?: readonly KeyField[];
  /** The field with the data source's ID, if the object has one. */
  readonly dataSourceField: string | null;
  readonly fields: readonly FieldDescription[];
  /** Whether a program inferred its rows about the person. */
  readonly inferred?: boolean;
}

/** The identity-resolution objects of one ruleset. */
export interface Ruleset {
  /** The ruleset's ID such as `Ir01`, or `default` if the objects have none. */
  readonly id: string;
  readonly link: string;
  /**
   * Its fields with the source record and the unified record; `SourceRecordId__c` and
   * `UnifiedRecordId__c` if left out.
   */
  readonly linkSource?: string;
  readonly linkUnified?: string;
  readonly linkKeyQualifier: string | null;
  readonly linkDataSource: string | null;
  /** The unified individual object, if metadata lists it. */
  readonly unified: string | null;
}

/**
 * An object that holds contact points, with the field that holds the value and the party's field.
 */
export interface ContactPoints {
  readonly object: string;
  readonly party: KeyField;
  readonly values: readonly string[];
  readonly dataSourceField: string | null;
}

/** An object that is named in a report and not exported. */
export interface ListedObject {
  readonly object: string;
  readonly label: string;
  readonly why: string;
  /** `nobody`: it is known to hold no person. */
  readonly about?: 'nobody';
}

/** What happens to an object of the org in every request. */
export interface Covered {
  readonly object: string;
  readonly label: string;
  readonly verdict: 'exported' | 'left-out' | 'not-about-a-person' | 'unknown';
  readonly why: string;
}

/** A source system that feeds Data Cloud by data streams. Its operator must be asked too. */
export interface SourceFeed {
  /** The ID of the data source, or the connection's name if the stream names no data source. */
  readonly source: string;
  /** The connector's kind, such as `IngestApi`; empty if it is unknown. */
  readonly connector: string;
  /** Lake objects that it feeds. */
  readonly lakes: readonly string[];
  /** Objects of people that these lake objects are mapped to. */
  readonly objects: readonly string[];
}

/**
 * Every object of one data space that relates to a person, according to its metadata. It holds no
 * personal data.
 */
export interface ObjectMap {
  readonly dataSpace: string;
  readonly individual: {
    readonly object: string;
    readonly key: KeyField;
    readonly dataSourceField: string | null;
    /** The field with the ID of the source's own object, which a Universal ID lookup asks for. */
    readonly dataSourceObjectField?: string | null;
    readonly givenName: string | null;
    readonly familyName: string | null;
    readonly birthDate: string | null;
  };
  /** Exported, the individual first. */
  readonly objects: readonly PersonObject[];
  readonly rulesets: readonly Ruleset[];
  readonly emails: ContactPoints | null;
  readonly phones: ContactPoints | null;
  /** Party identifications: `values` are the number; `names` the fields that name what it is. */
  readonly identifications: (ContactPoints & { readonly names: readonly string[] }) | null;
  /** The account object and its key, for contact points of an account. */
  readonly account: { readonly object: string; readonly key: KeyField } | null;
  /** Reached only through an account or household. */
  readonly shared: readonly ListedObject[];
  /** Excluded by configuration. */
  readonly excluded: readonly ListedObject[];
  /** Only a field's name suggests a person; no edge is declared. */
  readonly guessed: readonly ListedObject[];
  /**
   * No way from the individual leads there. These include lake objects that are mapped to no object
   * of people.
   */
  readonly unreachable: readonly ListedObject[];
  /** Files without records, and what a search index keeps of texts: no identity leads to them. */
  readonly unstructured?: readonly ListedObject[];
  /** What happens to every object of the org, each once, by name. */
  readonly coverage?: readonly Covered[];
  /** Every source system of the org, according to its data streams. */
  readonly sources?: readonly SourceFeed[];
  /** Data streams that name no source: it is unknown whom to ask about their data. */
  readonly unnamedStreams?: readonly string[];
  /** Lake objects that data streams feed, from any source. */
  readonly fedLakes?: readonly string[];
  /** IDs of rulesets that the configuration leaves out. */
  readonly otherRulesets?: readonly string[];
  /** When the metadata was read. */
  readonly readAt?: Instant;
  readonly notes: readonly string[];
}
