using System.Globalization;

namespace TwilioEmu.Rest.Faces;

/// <summary>Twilio's two spellings of an instant, and the dates its filters take.</summary>
/// <remarks>rest-conventions: RFC 2822 in 2010-04-01, ISO 8601 to the second elsewhere; always UTC.</remarks>
public static class TwilioDates
{
    /// <summary><c>Thu, 24 Aug 2023 05:01:45 +0000</c>.</summary>
    public static string ToRfc2822(DateTimeOffset at) => at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    /// <summary><c>2015-07-30T20:12:31Z</c>.</summary>
    public static string ToIso8601(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
