using System.Collections.Frozen;
using TwilioEmu.Smpp.Texts;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>How a config spells the ways of a link.</summary>
public static class SmppWords
{
    public static FrozenDictionary<string, LongTexts> LongTexts { get; } = new Dictionary<string, LongTexts>
    {
        ["udh"] = Smpp.Texts.LongTexts.Udh,
        ["sar"] = Smpp.Texts.LongTexts.Sar,
        ["payload"] = Smpp.Texts.LongTexts.Payload,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, TextCoding> Alphabets { get; } = new Dictionary<string, TextCoding>
    {
        ["gsm7"] = TextCoding.Gsm7,
        ["latin1"] = TextCoding.Latin1,
        ["ascii"] = TextCoding.Ascii,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
