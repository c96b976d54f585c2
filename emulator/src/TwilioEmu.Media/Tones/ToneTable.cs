using System.Collections.Frozen;

namespace TwilioEmu.Media.Tones;

/// <summary>The tones of the world's networks.</summary>
/// <remarks>
/// ITU-T E.180 supplement 2 (various tones used in national networks) as collected in Asterisk's sample of indications.conf, which names
/// the
/// national source of each: SIN 350 for the UK, TNA 102 for New Zealand, S002 for Australia, TS PSTN1 for Singapore. Countries are those of
/// <c>&lt;Dial ringTone&gt;</c>. Fax: ITU-T T.30 (CNG 1100 Hz, half a second on and three off; CED 2100 Hz for 2.6 to 4 s).
/// </remarks>
internal static class ToneTable
{
    // Country, ringback, busy, congestion.
    private static readonly (string Country, string Ring, string Busy, string Congestion)[] National =
    [
        ("at", "420/1000,0/5000", "420/400,0/400", "420/200,0/200"),
        ("au", "413+438/400,0/200,413+438/400,0/2000", "425/375,0/375", "425/375,0/375,420/375,0/375"),
        ("be", "425/1000,0/3000", "425/500,0/500", "425/167,0/167"),
        ("bg", "425/1000,0/4000", "425/500,0/500", "425/250,0/250"),
        ("br", "425/1000,0/4000", "425/250,0/250", "425/250,0/250,425/750,0/250"),
        ("ch", "425/1000,0/4000", "425/500,0/500", "425/200,0/200"),
        ("cl", "400/1000,0/3000", "400/500,0/500", "400/200,0/200"),
        ("cn", "450/1000,0/4000", "450/350,0/350", "450/700,0/700"),
        ("cz", "425/1000,0/4000", "425/330,0/330", "425/165,0/165"),
        ("de", "425/1000,0/4000", "425/480,0/480", "425/240,0/240"),
        ("dk", "425/1000,0/4000", "425/500,0/500", "425/200,0/200"),
        ("ee", "425/1000,0/4000", "425/300,0/300", "425/200,0/200"),
        ("es", "425/1500,0/3000", "425/200,0/200", "425/200,0/200,425/200,0/200,425/200,0/600"),
        ("fi", "425/1000,0/4000", "425/300,0/300", "425/200,0/200"),
        ("fr", "440/1500,0/3500", "440/500,0/500", "440/250,0/250"),
        ("gr", "425/1000,0/4000", "425/300,0/300", "425/200,0/200"),
        ("hu", "425/1250,0/3750", "425/300,0/300", "425/300,0/300"),
        ("il", "414/1000,0/3000", "414/500,0/500", "414/250,0/250"),
        ("in", "400*25/400,0/200,400*25/400,0/2000", "400/750,0/750", "400/250,0/250"),
        ("it", "425/1000,0/4000", "425/500,0/500", "425/200,0/200"),
        ("jp", "400+15/1000,0/2000", "400/500,0/500", "400/500,0/500"),
        ("lt", "425/1000,0/4000", "425/350,0/350", "425/200,0/200"),
        ("mx", "425/1000,0/4000", "425/250,0/250", "425/250,0/250"),
        ("my", "425/400,0/200,425/400,0/2000", "425/500,0/500", "425/500,0/500"),
        ("nl", "425/1000,0/4000", "425/500,0/500", "425/250,0/250"),
        ("no", "425/1000,0/4000", "425/500,0/500", "425/200,0/200"),
        ("nz", "400+450/400,0/200,400+450/400,0/2000", "400/500,0/500", "400/250,0/250"),
        ("ph", "425+480/1000,0/4000", "480+620/500,0/500", "480+620/250,0/250"),
        ("pl", "425/1000,0/4000", "425/500,0/500", "425/500,0/500"),
        ("pt", "425/1000,0/5000", "425/500,0/500", "425/200,0/200"),
        ("ru", "425/1000,0/4000", "425/350,0/350", "425/175,0/175"),
        ("se", "425/1000,0/5000", "425/250,0/250", "425/250,0/750"),
        ("sg", "425*24/400,0/200,425*24/400,0/2000", "425/750,0/750", "425/250,0/250"),
        ("th", "420/1000,0/5000", "400/500,0/500", "400/300,0/300"),
        ("tw", "440+480/1000,0/2000", "480+620/500,0/500", "480+620/250,0/250"),
        ("uk", "400+450/400,0/200,400+450/400,0/2000", "400/375,0/375", "400/400,0/350,400/225,0/525"),
        ("us", "440+480/2000,0/4000", "480+620/500,0/500", "480+620/250,0/250"),
        ("us-old", "420*40/2000,0/4000", "500*100/500,0/500", "500*100/250,0/250"),
        ("ve", "425/1000,0/4000", "425/500,0/500", "425/250,0/250"),
        ("za", "400*33/400,0/200,400*33/400,0/2000", "400/500,0/500", "400/250,0/250"),
    ];

    // Beeps are inferred: no source tells their pitch. The dial tone is that of North America and the UK.
    private static readonly (ToneKind Kind, string Cadence, bool Repeats)[] Everywhere =
    [
        (ToneKind.Dial, "350+440", true),
        (ToneKind.Information, "950/330,1400/330,1800/330,0/1000", true),
        (ToneKind.Beep, "1000/400", false),
        (ToneKind.MachineBeep, "1000/500", false),
        (ToneKind.Entry, "660/120,880/160", false),
        (ToneKind.Exit, "880/120,660/160", false),
        (ToneKind.FaxCalling, "1100/500,0/3000", true),
        (ToneKind.FaxAnswering, "2100/3000", false),
    ];

    private static readonly FrozenDictionary<ToneName, Cadence> ByName = Build();

    /// <summary>Countries that have tones of their own.</summary>
    public static IEnumerable<string> Countries => National.Select(n => n.Country);

    /// <summary>The cadence; a country that is not in the table sounds as <c>us</c>.</summary>
    public static Cadence Of(ToneName name)
    {
        if (ByName.TryGetValue(name, out var cadence)) return cadence;
        return ByName.TryGetValue(new ToneName(name.Kind), out cadence) ? cadence
            : throw new ArgumentException($"No cadence: {name}", nameof(name));
    }

    private static FrozenDictionary<ToneName, Cadence> Build()
    {
        var all = new Dictionary<ToneName, Cadence>();
        foreach (var (country, ring, busy, congestion) in National)
        {
            all[new ToneName(ToneKind.Ringback, country)] = Cadence.Read(ring);
            all[new ToneName(ToneKind.Busy, country)] = Cadence.Read(busy);
            all[new ToneName(ToneKind.Congestion, country)] = Cadence.Read(congestion);
        }
        foreach (var (kind, text, repeats) in Everywhere) all[new ToneName(kind)] = Cadence.Read(text, repeats);
        return all.ToFrozenDictionary();
    }
}
