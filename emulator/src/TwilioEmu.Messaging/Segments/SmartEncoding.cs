using System.Collections.Frozen;
using System.Text;

namespace TwilioEmu.Messaging.Segments;

/// <summary>Replaces look-alike Unicode characters by GSM-7 ones, so that a curly quote does not double the price of a text.</summary>
/// <remarks>
/// The map of Twilio's smart encoding, oddities included: no-break spaces become two spaces, a tab seven, and the single guillemets
/// change places with the angle brackets' look-alikes. The zero width non-joiner, which word processors leave in texts, goes
/// (gh: TwilioDevEd/message-segment-calculator#49; measured on the live service on 2026-07-28, #66).
/// </remarks>
internal static class SmartEncoding
{
    // Replacement, and all the characters it stands for.
    private static readonly (string Becomes, string From)[] Map =
    [
        ("", "\u0000\u0003\u0004\u0010\u0011\u0012\u0013\u0014\u0017\u0019\u200B\u200C\u2060\uFEFF"),
        ("       ", "\u0009"),
        ("'", "\u0060\u00B4\u02B9\u02BB\u02BC\u02BD\u02C8\u02CA\u02CB\u0313\u0314\u2018\u2019\u201B\u275B\u275C\uFE10\uFE11\uFF07"),
        ("  ", "\u0080\u008D\u0090\u009B\u009F\u00A0\u2000\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000"),
        ("\"", "\u00AB\u00BB\u02BA\u02EE\u201C\u201D\u201E\u201F\u275D\u275E\u301D\u301E\uFF02"),
        ("1/4", "\u00BC"),
        ("1/2", "\u00BD"),
        ("3/4", "\u00BE"),
        ("/", "\u00F7\u0337\u0338\u2044\u2215\u29F8\uFF0F"),
        ("!", "\u01C3\uFE15\uFE57\uFF01"),
        ("G", "\u0262\uFF27"),
        ("I", "\u026A\uFF29"),
        ("N", "\u0274\uFF2E"),
        ("R", "\u0280\uFF32"),
        ("Y", "\u028F\uFF39"),
        ("B", "\u0299\uFF22"),
        ("H", "\u029C\uFF28"),
        ("L", "\u029F\uFF2C"),
        ("^", "\u02C6\u0302\u1DCD\uFF3E"),
        (":", "\u02D0\u02F8\u2982\uA789\uFE13\uFF1A"),
        ("+", "\u02D6\uFE62\uFF0B"),
        ("~", "\u02DC\u02F7\u0303\u0330\u0334\u223C\uFF5E"),
        (",", "\u0326\u201A\u3001\uFE50\uFE51\uFF0C\uFF64"),
        ("_", "\u0332\u2017\uFF3F"),
        ("=", "\u0347\uA78A\uFE66\uFF1D"),
        ("A", "\u1D00\uFF21"),
        ("C", "\u1D04\uFF23"),
        ("D", "\u1D05\uFF24"),
        ("E", "\u1D07\uFF25"),
        ("J", "\u1D0A\uFF2A"),
        ("K", "\u1D0B\uFF2B"),
        ("M", "\u1D0D\uFF2D"),
        ("O", "\u1D0F\uFF2F"),
        ("P", "\u1D18\uFF30"),
        ("T", "\u1D1B\uFF34"),
        ("U", "\u1D1C\uFF35"),
        ("V", "\u1D20\uFF36"),
        ("W", "\u1D21\uFF37"),
        ("Z", "\u1D22\uFF3A"),
        (" ", "\u2001\u2028\u2029"),
        ("-", "\u2010\u2013\u2014\u2015\u2022\u2043\u23BC\u23BD\uFE63\uFF0D"),
        ("...", "\u2026"),
        (">", "\u2039\uFE65\uFF1E"),
        ("<", "\u203A\uFE64\uFF1C"),
        ("!!", "\u203C"),
        (
            "*",
            "\u204E\u2217\u229B\u2722\u2723\u2724\u2725\u2731\u2732\u2733\u273A\u273B\u273C\u273D\u2743\u2749\u274A\u274B\u29C6"
                + "\uFE61\uFF0A"),
        (";", "\u204F\uFE14\uFE54\uFF1B"),
        ("|", "\u20D2\u20D3\u2223\u239C\u239F\u23B8\u23B9\u23D0\uFF5C"),
        ("\\", "\u20E5\u29F5\u29F9\uFE68\uFF3C"),
        ("(", "\u2768\u276A\u27EE\u2985\uFE59\uFF08"),
        (")", "\u2769\u276B\u27EF\u2986\uFE5A\uFF09"),
        ("{", "\u2774\uFE5B\uFF5B"),
        ("}", "\u2775\uFE5C\uFF5D"),
        (".", "\u3002\uFE52\uFF0E\uFF61"),
        ("F", "\uA730\uFF26"),
        ("S", "\uA731\uFF33"),
        ("?", "\uFE16\uFE56\uFF1F"),
        ("#", "\uFE5F\uFF03"),
        ("&", "\uFE60\uFF06"),
        ("$", "\uFE69\uFF04"),
        ("%", "\uFE6A\uFF05"),
        ("@", "\uFE6B\uFF20"),
        ("0", "\uFF10"),
        ("1", "\uFF11"),
        ("2", "\uFF12"),
        ("3", "\uFF13"),
        ("4", "\uFF14"),
        ("5", "\uFF15"),
        ("6", "\uFF16"),
        ("7", "\uFF17"),
        ("8", "\uFF18"),
        ("9", "\uFF19"),
        ("Q", "\uFF31"),
        ("X", "\uFF38"),
        ("[", "\uFF3B"),
        ("]", "\uFF3D"),
    ];

    private static readonly FrozenDictionary<char, string> Replacements =
        Map.SelectMany(m => m.From.Select(c => KeyValuePair.Create(c, m.Becomes))).ToFrozenDictionary();

    /// <summary>The text with every mapped character replaced; the same instance when none is.</summary>
    public static string Apply(string body)
    {
        StringBuilder? encoded = null;
        for (var i = 0; i < body.Length; i++)
        {
            if (Replacements.TryGetValue(body[i], out var replacement))
            {
                encoded ??= new StringBuilder(body, 0, i, body.Length + 16);
                encoded.Append(replacement);
            }
            else
            {
                encoded?.Append(body[i]);
            }
        }
        return encoded?.ToString() ?? body;
    }
}
