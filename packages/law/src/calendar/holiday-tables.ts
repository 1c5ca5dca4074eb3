import atDays from '../../data/holidays/at.json' with { type: 'json' };
import auDays from '../../data/holidays/au.json' with { type: 'json' };
import beDays from '../../data/holidays/be.json' with { type: 'json' };
import bgDays from '../../data/holidays/bg.json' with { type: 'json' };
import brDays from '../../data/holidays/br.json' with { type: 'json' };
import cyDays from '../../data/holidays/cy.json' with { type: 'json' };
import czDays from '../../data/holidays/cz.json' with { type: 'json' };
import deDays from '../../data/holidays/de.json' with { type: 'json' };
import dkDays from '../../data/holidays/dk.json' with { type: 'json' };
import eeDays from '../../data/holidays/ee.json' with { type: 'json' };
import esDays from '../../data/holidays/es.json' with { type: 'json' };
import fiDays from '../../data/holidays/fi.json' with { type: 'json' };
import frDays from '../../data/holidays/fr.json' with { type: 'json' };
import gbDays from '../../data/holidays/gb.json' with { type: 'json' };
import grDays from '../../data/holidays/gr.json' with { type: 'json' };
import hrDays from '../../data/holidays/hr.json' with { type: 'json' };
import huDays from '../../data/holidays/hu.json' with { type: 'json' };
import ieDays from '../../data/holidays/ie.json' with { type: 'json' };
import isDays from '../../data/holidays/is.json' with { type: 'json' };
import itDays from '../../data/holidays/it.json' with { type: 'json' };
import jpDays from '../../data/holidays/jp.json' with { type: 'json' };
import krDays from '../../data/holidays/kr.json' with { type: 'json' };
import liDays from '../../data/holidays/li.json' with { type: 'json' };
import ltDays from '../../data/holidays/lt.json' with { type: 'json' };
import luDays from '../../data/holidays/lu.json' with { type: 'json' };
import lvDays from '../../data/holidays/lv.json' with { type: 'json' };
import mtDays from '../../data/holidays/mt.json' with { type: 'json' };
import nlDays from '../../data/holidays/nl.json' with { type: 'json' };
import noDays from '../../data/holidays/no.json' with { type: 'json' };
import plDays from '../../data/holidays/pl.json' with { type: 'json' };
import ptDays from '../../data/holidays/pt.json' with { type: 'json' };
import roDays from '../../data/holidays/ro.json' with { type: 'json' };
import seDays from '../../data/holidays/se.json' with { type: 'json' };
import sgDays from '../../data/holidays/sg.json' with { type: 'json' };
import siDays from '../../data/holidays/si.json' with { type: 'json' };
import skDays from '../../data/holidays/sk.json' with { type: 'json' };
import usDays from '../../data/holidays/us.json' with { type: 'json' };
import zaDays from '../../data/holidays/za.json' with { type: 'json' };
import type { HolidayData } from './holiday-data.ts';

/** The holidays of every country, by its code in lower case. */
export const HOLIDAYS: ReadonlyMap<string, HolidayData> = new Map(
  Object.entries({
    at: atDays,
    au: auDays,
    be: beDays,
    bg: bgDays,
    br: brDays,
    cy: cyDays,
    cz: czDays,
    de: deDays,
    dk: dkDays,
    ee: eeDays,
    es: esDays,
    fi: fiDays,
    fr: frDays,
    gb: gbDays,
    gr: grDays,
    hr: hrDays,
    hu: huDays,
    ie: ieDays,
    is: isDays,
    it: itDays,
    jp: jpDays,
    kr: krDays,
    li: liDays,
    lt: ltDays,
    lu: luDays,
    lv: lvDays,
    mt: mtDays,
    nl: nlDays,
    no: noDays,
    pl: plDays,
    pt: ptDays,
    ro: roDays,
    se: seDays,
    sg: sgDays,
    si: siDays,
    sk: skDays,
    us: usDays,
    za: zaDays,
  }) as [string, HolidayData][],
);
