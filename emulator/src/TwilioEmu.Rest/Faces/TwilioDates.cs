using System.Globalization;

namespace TwilioEmu.Rest.Faces;

/// <summary>Twilio's two spellings of an instant, and the dates its filters take.</summary>
/// <remarks>twilio.com/docs/usage/requests-to-twilio: RFC 2822 in 2010-04-01, ISO 8601 to the second elsewhere; always UTC.</remarks>
public static class TwilioDates
{
    /// <summary><c>Thu, 24 Aug 2023 05:01:45 +0000</c>.</summary>
    public static string ToRfc2822(DateTimeOffset at) => string.Create(Rfc2822Length, at, static (to, at) => WriteRfc2822(at, to));

    /// <summary><c>2015-07-30T20:12:31Z</c>.</summary>
    public static string ToIso8601(DateTimeOffset at) => string.Create(Iso8601Length, at, static (to, at) => WriteIso8601(at, to));

    /// <summary>Characters of the first.</summary>
    public const int Rfc2822Length = 31;

    /// <summary>Characters of the second.</summary>
    public const int Iso8601Length = 20;

    /// <summary>
    /// Writes <see cref="ToRfc2822"/>: most answers hold some dates, and the
    /// platform's own formats are many times faster than those one spells oneself.
    /// </summary>
    public static void WriteRfc2822(DateTimeOffset at, Span<char> to)
    {
        // RFC 1123's "GMT" is the same length but two.
        at.UtcDateTime.TryFormat(to, out _, "R", CultureInfo.InvariantCulture);
        "+0000".CopyTo(to[(Rfc2822Length - 5)..]);
    }

    /// <summary>Writes <see cref="ToIso8601"/>.</summary>
    public static void WriteIso8601(DateTimeOffset at, Span<char> to)
    {
        Span<char> whole = stackalloc char[28];
        at.UtcDateTime.TryFormat(whole, out _, "O", CultureInfo.InvariantCulture);
        whole[..(Iso8601Length - 1)].CopyTo(to);
        to[Iso8601Length - 1] = 'Z';
    }

    /// <summary>
    /// Reads <c>YYYY-MM-DD</c> (the whole UTC day) or an ISO 8601 instant;
    /// filters take both everywhere (twilio.com/docs/usage/requests-to-twilio).
    /// </summary>
    /// <param name="text">As sent.</param>
    /// <param name="from">The first instant meant.</param>
    /// <param name="to">The first instant no longer meant: a day later, or for an instant the next second.</param>
    public static bool TryParse(string text, out DateTimeOffset from, out DateTimeOffset to)
    {
        // The last year of the calendar has an end without a day after: it is refused.
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, utc, out from) && from.Year < 9999)
        {
            to = from.AddDays(1);
            return true;
        }
        to = from;
        if (!DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, utc, out from) || from.Year == 9999)
        {
            return false;
        }
        to = from.AddSeconds(1);
        return true;
    }

    /// <summary>True for a year or a month.</summary>
    public static bool IsPartOfDate(string text) =>
        DateTimeOffset.TryParseExact(text, PartFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    /// <summary>
    /// Reads what a filter takes: besides the above a year or a month, which is its first midnight (accepted live, its meaning inferred).
    /// </summary>
    /// <param name="text">As sent.</param>
    /// <param name="from">The first instant meant.</param>
    /// <param name="to">The first instant no longer meant by equality: a midnight
    /// means its whole UTC day, as the official samples have it.</param>
    public static bool TryParseFilter(string text, out DateTimeOffset from, out DateTimeOffset to)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var isPart = DateTimeOffset.TryParseExact(text, PartFormats, CultureInfo.InvariantCulture, utc, out from) && from.Year < 9999;
        to = from;
        if (!isPart && !TryParse(text, out from, out to)) return false;
        if (from.TimeOfDay == TimeSpan.Zero) to = from.AddDays(1);
        return true;
    }

    private static readonly string[] PartFormats = ["yyyy", "yyyy-MM"];

    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ssK", "ddd, dd MMM yyyy HH:mm:ss zzz",
    ];
}
