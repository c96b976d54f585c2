using System.Collections.Frozen;

namespace TwilioEmu.Accounts.DialingPermissions;

/// <summary>Which continent a country lies in, in the spelling of the API: <c>NORTH_AMERICA</c>. Pure.</summary>
/// <remarks>
/// twilio.com/docs/voice/api/dialingpermissions-country-resource spells one of them; the others follow it (inferred). Continents as in
/// the United Nations' list M49, Middle America and the Caribbean being North America's.
/// </remarks>
internal static class Continents
{
    private static readonly FrozenDictionary<string, string> ByCountry = new (string Name, string Countries)[]
    {
        (
            "AFRICA",
            "AC AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW "
                + "SC SD SH SL SN SO SS ST SZ TA TD TG TN TZ UG YT ZA ZM ZW"),
        (
            "ASIA",
            "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY "
                + "TH TJ TL TM TR TW UZ VN YE"),
        (
            "EUROPE",
            "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO "
                + "RS RU SE SI SJ SK SM UA VA XK"),
        (
            "NORTH_AMERICA",
            "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI"),
        ("OCEANIA", "AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PW SB TK TO TV VU WF WS"),
        ("SOUTH_AMERICA", "AR BO BR CL CO EC FK GF GY PE PY SR UY VE"),
    }.SelectMany(c => c.Countries.Split(' ').Select(iso => KeyValuePair.Create(iso, c.Name))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Of an ISO code in capitals; null for a country that is not in the list.</summary>
    public static string? Of(string isoCode) => ByCountry.GetValueOrDefault(isoCode);
}
