using System.Collections.Frozen;

namespace TwilioEmu.Smpp.Texts;

/// <summary>
/// Languages whose tables a text in the GSM alphabet may name in its header (3GPP TS 23.038
/// §6.2.1.2.4). Those of others are read by the default tables, as the specification has it.
/// </summary>
public enum NationalLanguage
{
    /// <summary>The default tables.</summary>
    None = 0,
    Turkish = 1,

    /// <summary>A single shift table only.</summary>
    Spanish = 2,
    Portuguese = 3,
}

/// <summary>Which tables a text is read by.</summary>
/// <param name="Locking">In the place of the basic table.</param>
/// <param name="Single">In the place of the extension table, after an escape.</param>
public readonly record struct NationalShift(NationalLanguage Locking, NationalLanguage Single);

/// <summary>The tables of national languages.</summary>
/// <remarks>3GPP TS 23.038 annex A. Twilio itself writes by none of them: what the default tables lack goes as UCS-2.</remarks>
internal static class NationalTables
{
    // A.3.1 and A.3.3: sixteen to a row; position 0x1B is the escape.
    private const string TurkishLocking =
        "@£$¥€éùıòÇ\nĞğ\rÅå" +
        "Δ_ΦΓΛΩΠΨΣΘΞ\u001BŞşßÉ" +
        " !\"#¤%&'()*+,-./" +
        "0123456789:;<=>?" +
        "İABCDEFGHIJKLMNO" +
        "PQRSTUVWXYZÄÖÑÜ§" +
        "çabcdefghijklmno" +
        "pqrstuvwxyzäöñüà";

    private const string PortugueseLocking =
        "@£$¥êéúíóç\nÔô\rÁá" +
        "Δ_ªÇÀ∞^\\€Ó|\u001BÂâÊÉ" +
        " !\"#º%&'()*+,-./" +
        "0123456789:;<=>?" +
        "ÍABCDEFGHIJKLMNO" +
        "PQRSTUVWXYZÃÕÚÜ§" +
        "~abcdefghijklmno" +
        "pqrstuvwxyzãõ`üà";

    // What all single shift tables have of the default one.
    private static readonly (byte Code, char Character)[] Shared =
        [
            (0x0A, '\f'), (0x14, '^'), (0x28, '{'), (0x29, '}'), (0x2F, '\\'), (0x3C, '['), (0x3D, '~'), (0x3E, ']'), (0x40, '|'),
            (0x65, '€'),
        ];

    private static readonly FrozenDictionary<byte, char> TurkishSingle =
        Table((0x47, 'Ğ'), (0x49, 'İ'), (0x53, 'Ş'), (0x63, 'ç'), (0x67, 'ğ'), (0x69, 'ı'), (0x73, 'ş'));

    private static readonly FrozenDictionary<byte, char> SpanishSingle = Table(
        (0x09, 'ç'), (0x41, 'Á'), (0x49, 'Í'), (0x4F, 'Ó'), (0x55, 'Ú'), (0x61, 'á'), (0x69, 'í'), (0x6F, 'ó'), (0x75, 'ú'));

    private static readonly FrozenDictionary<byte, char> PortugueseSingle = Table(
        (0x05, 'ê'), (0x09, 'ç'), (0x0B, 'Ô'), (0x0C, 'ô'), (0x0E, 'Á'), (0x0F, 'á'), (0x12, 'Φ'), (0x13, 'Γ'), (0x15, 'Ω'), (0x16, 'Π'),
        (0x17, 'Ψ'), (0x18, 'Σ'), (0x19, 'Θ'), (0x1F, 'Ê'),
        (0x41, 'À'), (0x49, 'Í'), (0x4F, 'Ó'), (0x55, 'Ú'), (0x5B, 'Ã'), (0x5C, 'Õ'), (0x61, 'Â'), (0x69, 'í'), (0x6F, 'ó'), (0x75, 'ú'),
        (0x7B, 'ã'), (0x7C, 'õ'), (0x7F, 'â'));

    /// <summary>The table in the place of the basic one; null for the basic one.</summary>
    public static string? Locking(NationalLanguage language) => language switch
    {
        NationalLanguage.Turkish => TurkishLocking,
        NationalLanguage.Portuguese => PortugueseLocking,
        _ => null,
    };

    /// <summary>The table in the place of the extension one; null for that.</summary>
    public static FrozenDictionary<byte, char>? Single(NationalLanguage language) => language switch
    {
        NationalLanguage.Turkish => TurkishSingle,
        NationalLanguage.Spanish => SpanishSingle,
        NationalLanguage.Portuguese => PortugueseSingle,
        _ => null,
    };

    private static FrozenDictionary<byte, char> Table(params (byte Code, char Character)[] own) =>
        Shared.Concat(own).ToFrozenDictionary(p => p.Code, p => p.Character);
}
