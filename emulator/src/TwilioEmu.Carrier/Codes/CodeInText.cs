using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Carrier.Codes;

/// <summary>Finds the one-time code in a text as a person would: the number that the words call a code. Pure.</summary>
/// <remarks>
/// (inferred) from how services word their texts; the domain-bound last line is that of github.com/WICG/sms-one-time-codes. A text that
/// speaks of no code has none, whatever digits are in it; amounts, times, dates, phone numbers and lengths of time are no codes.
/// </remarks>
public static partial class CodeInText
{
    // As long as a text may be; what is longer is looked at so far.
    private const int MaxLength = 1_600;

    private const int MinDigits = 4;
    private const int MaxDigits = 10;

    // A word that speaks of a code counts for numbers this many characters away.
    private const int Reach = 60;

    // What kinds of codes are called, in patterns.
    private const string Kinds =
        "one[- ]time|verification|security|log-?in|sign-?in|confirmation|access|authentication|activation|passcode|password|OTP|PIN|code";

    // One of these is in each of the words below that ASCII spells.
    private static readonly SearchValues<string> Stems = SearchValues.Create(
        ["code", "kod", "koodi", "otp", "pin", "pass", "verif", "token", "2fa", "codigo", "codice"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The code and whose it is.</summary>
    /// <param name="text">A text message, or words that were spoken.</param>
    /// <returns>Null where there is none.</returns>
    public static CodeFound? Find(string text)
    {
        if (text.Length > MaxLength) text = text[..MaxLength];
        if (text.Contains('@', StringComparison.Ordinal) && BoundLine().Match(text) is { Success: true } bound)
        {
            return new CodeFound(bound.Groups["code"].Value, ServiceIn(text) ?? bound.Groups["domain"].Value);
        }
        // Every sentence that any phone hears comes here: what few have is looked for first.
        if (!text.AsSpan().ContainsAnyInRange('0', '9')) return null;
        if (Ascii.IsValid(text) && !text.AsSpan().ContainsAny(Stems)) return null;
        if (!Candidates().IsMatch(text)) return null;
        if (!CodeWords().IsMatch(text)) return null;
        var words = CodeWords().Matches(text);
        Match? best = null;
        var least = int.MaxValue;
        foreach (Match candidate in Candidates().Matches(text))
        {
            if (!IsCodeLike(text, candidate, out var isPlain)) continue;
            var distance = words.Min(w => Distance(text, w, candidate, isPlain));
            if (distance >= least) continue;
            (best, least) = (candidate, distance);
        }
        return best is null || least > Reach ? null : new CodeFound(Bare(best.Groups["code"].Value), ServiceIn(text));
    }

    /// <summary>Characters from the word to the number; nothing where they stand side by side, or with "is" and a colon between.</summary>
    private static int Distance(string text, Match word, Match candidate, bool isPlain)
    {
        var isAfter = candidate.Index >= word.Index + word.Length;
        var between = isAfter
            ? text[(word.Index + word.Length)..candidate.Index]
            : text[(candidate.Index + candidate.Length)..Math.Max(word.Index, candidate.Index + candidate.Length)];
        if (isAfter ? Link().IsMatch(between) : BackLink().IsMatch(between)) return 0;
        // A word of letters and digits is a code only where the text says so.
        return isPlain ? 1 + between.Length + (isAfter ? 0 : 5) : int.MaxValue;
    }

    private static bool IsCodeLike(string text, Match candidate, out bool isPlain)
    {
        var bare = Bare(candidate.Groups["code"].Value);
        isPlain = bare.All(char.IsAsciiDigit);
        if (bare.Length is < MinDigits or > MaxDigits || !bare.Any(char.IsAsciiDigit)) return false;
        var before = text[Math.Max(0, candidate.Index - 16)..candidate.Index];
        var after = text[(candidate.Index + candidate.Length)..Math.Min(text.Length, candidate.Index + candidate.Length + 12)];
        return !NoCodeBefore().IsMatch(before) && !NoCodeAfter().IsMatch(after);
    }

    private static string Bare(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit));

    private static string? ServiceIn(string text)
    {
        var match = ServiceNamed().Match(text);
        if (!match.Success) match = ServiceFirst().Match(text);
        if (!match.Success) match = ServiceBracketed().Match(text);
        return match.Success ? match.Groups["service"].Value.Trim() : null;
    }

    // "@example.com #123456", the last line of a domain-bound text.
    [GeneratedRegex(@"^@(?<domain>[A-Za-z0-9.-]{1,253}) #(?<code>[A-Za-z0-9]{4,10})\b", RegexOptions.Multiline)]
    private static partial Regex BoundLine();

    [GeneratedRegex(
        @"\b(?:pass)?codes?\b|\bOTP\b|\bPIN\b|\bpassword\b|\bpasscode\b|\bverif(?:y|ication)\b|\btoken\b|\b2FA\b"
        + @"|\bc[oó]digo\b|\bcodice\b|\bcode\b|\b\w{0,20}(?:code|kode|kod|koden|koodi)\b"
        + @"|\bкод\b|\bΚωδικός\b|\bκωδικός\b|コード|验证码|驗證碼|校验码|인증번호|인증 ?코드|رمز|קוד|कोड|รหัส|\bmã\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CodeWords();

    // Digits together, in groups (123-456, 123 456, 1 2 3 4, "1, 2, 3, 4"), or
    // capitals and digits mixed; a letter and a dash may stand before (G-123456).
    [GeneratedRegex(
        @"(?<![A-Za-z0-9.,/:@#$€£¥₹+_\-])(?:[A-Z]-)?"
        + @"(?<code>\d{3}[- ]\d{3}(?!\d)|\d{4}[- ]\d{4}(?!\d)|\d(?:(?:, |\. | |-)\d(?![0-9])){3,9}|\d{4,10}"
        + @"|(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{4,10})"
        + @"(?![A-Za-z0-9@%€£¥₹_]|[.,:/\-]\d)")]
    private static partial Regex Candidates();

    [GeneratedRegex(
        @"^[\s""'“”„«]*(?:is|es|ist|est|é|è|er|är|on|to|kodu)?(?:\s+(?:is|for [\w .&'-]{1,30} is))?\s*[:：=\-–]?\s*[""'“”„«(\[*]*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(
        @"^[""'”»)\]*]*\s*(?:is|as|es|ist|est|é|è|er|är|on)\s+(?:\w+[\s']+){0,2}(?:[\w.&'\-]+\s+){0,5}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BackLink();

    [GeneratedRegex(
        @"(?:[$€£¥₹]|\b(?:USD|EUR|GBP|INR|Rs\.?)|\bending(?: in| with)?|\border|\binvoice|\bref(?:erence)?\.?|\bticket|\baccount"
        + @"|\bcard|\bcall|\btel\.?|\bphone|\bsince|\buntil|\bflight|\broom|\bzip|\bpostal|\bpromo)"
        + @"\s*(?:no\.?|number|code|#|:)?\s*#?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoCodeBefore();

    [GeneratedRegex(
        @"^\s*(?:%|[€£¥₹$]|USD\b|EUR\b|GBP\b|min(?:ute)?s?\b|sec(?:ond)?s?\b|hours?\b|hrs?\b|days?\b|minutos?\b|points?\b|miles\b|km\b"
        + @"|people\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoCodeAfter();

    [GeneratedRegex(
        @"\b[Yy]our (?!(?:" + Kinds + @"|pickup)\b)(?<service>[^.:,!?\n]{1,40}?) (?:" + Kinds + @")\b")]
    private static partial Regex ServiceNamed();

    [GeneratedRegex(@"^(?:<#> )?(?<service>[\p{Lu}][\p{L}\p{Nd}&.' -]{0,29}): ")]
    private static partial Regex ServiceFirst();

    [GeneratedRegex(@"^[\[【](?<service>[^\]】]{1,30})[\]】]")]
    private static partial Regex ServiceBracketed();
}

/// <summary>A code, as it is to be typed, and whose it is.</summary>
/// <param name="Code">Letters and digits alone.</param>
/// <param name="Service">As the text names it; null where it names none.</param>
public sealed record CodeFound(string Code, string? Service)
{
    internal static CodeFound Walk(CodeFound? r, Members m) => new(m.Text("code", r?.Code), m.TextOrNull("service", r?.Service));
}
