using System.Text;

namespace TwilioEmu.Smpp.Texts;

/// <summary>How the octets of a text are to be read.</summary>
public enum TextCoding
{
    /// <summary>The GSM 7-bit alphabet, a septet to an octet.</summary>
    Gsm7,

    /// <summary>IA5: US-ASCII.</summary>
    Ascii,

    /// <summary>ISO 8859-1.</summary>
    Latin1,

    /// <summary>ISO 8859-5.</summary>
    Cyrillic,

    /// <summary>ISO 8859-8.</summary>
    Hebrew,

    /// <summary>UTF-16, big-endian; phones show surrogate pairs.</summary>
    Ucs2,

    /// <summary>No text at all.</summary>
    Binary,

    /// <summary>An alphabet that is not served: JIS, pictograms, Korean, reserved values.</summary>
    Other,
}

/// <summary>data_coding (SMPP 3.4 §5.2.19; values from 0x10 on as in 3GPP TS 23.038 §4) and the octets of texts.</summary>
public static class TextCodings
{
    /// <summary>The SMSC's default alphabet.</summary>
    public const byte Default = 0x00;

    public const byte Latin1Coding = 0x03;

    public const byte Ucs2Coding = 0x08;

    /// <summary>What a data_coding means.</summary>
    /// <param name="dataCoding">As it came.</param>
    /// <param name="usual">What 0 means here: SMSCs have GSM 7-bit, some Latin-1.</param>
    public static TextCoding Of(byte dataCoding, TextCoding usual) => dataCoding switch
    {
        Default => usual,
        0x01 => TextCoding.Ascii,
        0x02 or 0x04 => TextCoding.Binary,
        Latin1Coding => TextCoding.Latin1,
        0x06 => TextCoding.Cyrillic,
        0x07 => TextCoding.Hebrew,
        Ucs2Coding => TextCoding.Ucs2,
        // Classes of the general group, which gateways send for flash texts.
        (>= 0x10 and <= 0x13) or (>= 0xF0 and <= 0xF3) or (>= 0xF8 and <= 0xFB) => TextCoding.Gsm7,
        (>= 0x14 and <= 0x17) or (>= 0xF4 and <= 0xF7) or (>= 0xFC) => TextCoding.Binary,
        >= 0x18 and <= 0x1B => TextCoding.Ucs2,
        // Message waiting indications: discarded or stored with the default alphabet, stored with UCS-2.
        >= 0xC0 and <= 0xDF => TextCoding.Gsm7,
        >= 0xE0 and <= 0xEF => TextCoding.Ucs2,
        _ => TextCoding.Other,
    };

    /// <summary>The text; empty for what is none.</summary>
    public static string Decode(TextCoding coding, ReadOnlySpan<byte> octets) => coding switch
    {
        TextCoding.Gsm7 => GsmAlphabet.Decode(octets),
        TextCoding.Ascii => Each(octets, static o => o < 0x80 ? (char)o : '\uFFFD'),
        TextCoding.Latin1 => Encoding.Latin1.GetString(octets),
        TextCoding.Cyrillic => Each(octets, CyrillicOf),
        TextCoding.Hebrew => Each(octets, HebrewOf),
        TextCoding.Ucs2 => Ucs2Of(octets),
        _ => "",
    };

    /// <summary>True when a text can be written so.</summary>
    public static bool Fits(TextCoding coding, ReadOnlySpan<char> text) => coding switch
    {
        TextCoding.Gsm7 => GsmAlphabet.Has(text),
        TextCoding.Latin1 => text.IndexOfAnyExceptInRange('\0', '\u00FF') < 0,
        TextCoding.Ascii => text.IndexOfAnyExceptInRange('\0', '\u007F') < 0,
        TextCoding.Ucs2 => true,
        _ => false,
    };

    /// <summary>The octets of a text that <see cref="Fits"/>.</summary>
    public static byte[] Encode(TextCoding coding, ReadOnlySpan<char> text)
    {
        if (coding == TextCoding.Gsm7) return GsmAlphabet.Encode(text);
        if (coding != TextCoding.Ucs2)
        {
            var octets = new byte[text.Length];
            Encoding.Latin1.GetBytes(text, octets);
            return octets;
        }
        var units = new byte[text.Length * 2];
        for (var i = 0; i < text.Length; i++) (units[2 * i], units[(2 * i) + 1]) = ((byte)(text[i] >> 8), (byte)text[i]);
        return units;
    }

    private static string Each(ReadOnlySpan<byte> octets, Func<byte, char> of)
    {
        var text = new StringBuilder(octets.Length);
        foreach (var octet in octets) text.Append(of(octet));
        return text.ToString();
    }

    // An odd last octet belongs to nothing.
    private static string Ucs2Of(ReadOnlySpan<byte> octets)
    {
        var text = new char[octets.Length / 2];
        for (var i = 0; i < text.Length; i++) text[i] = (char)((octets[2 * i] << 8) | octets[(2 * i) + 1]);
        return new string(text);
    }

    private static char CyrillicOf(byte octet) => octet switch
    {
        <= 0xA0 or 0xAD => (char)octet,
        0xF0 => '\u2116',
        0xFD => '\u00A7',
        _ => (char)(octet - 0xA0 + 0x0400),
    };

    private static char HebrewOf(byte octet) => octet switch
    {
        0xAA => '×',
        0xBA => '÷',
        0xDF => '\u2017',
        >= 0xE0 and <= 0xFA => (char)(octet - 0xE0 + 0x05D0),
        0xFD => '\u200E',
        0xFE => '\u200F',
        0xA1 or (>= 0xBF and <= 0xDE) or 0xFB or 0xFC or 0xFF => '\uFFFD',
        _ => (char)octet,
    };
}
