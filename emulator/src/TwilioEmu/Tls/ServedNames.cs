using System.Collections.Frozen;
using System.Net;

namespace TwilioEmu.Tls;

/// <summary>The names under which the emulator answers: Twilio's, this machine's, and those the user gives it.</summary>
/// <remarks>
/// Regions and edges put labels before <c>twilio.com</c> (<c>api.dublin.ie1.twilio.com</c>, twilio.com/docs/global-infrastructure),
/// so names of any depth below it are ours: nothing meant for Twilio ever leaves for the real one.
/// </remarks>
internal sealed class ServedNames
{
    /// <summary>Bytes of a host name at most (RFC 1035 2.3.4).</summary>
    public const int MaxLength = 253;

    private const string Twilio = "twilio.com";

    private readonly FrozenSet<string> _names;
    private readonly string[] _suffixes;

    /// <param name="given">More names: <c>twilioemu</c>, <c>*.emu.internal</c>.</param>
    public ServedNames(IEnumerable<string> given)
    {
        var all = given.Select(Plain).ToArray();
        _names = all.Where(n => !n.StartsWith("*.", StringComparison.Ordinal)).ToFrozenSet(StringComparer.Ordinal);
        _suffixes = [.. all.Where(n => n.StartsWith("*.", StringComparison.Ordinal)).Select(n => n[1..])];
    }

    /// <summary>Lower case, without the root's dot.</summary>
    public static string Plain(string host) => host.TrimEnd('.').ToLowerInvariant();

    /// <summary>True for Twilio's names.</summary>
    public static bool IsTwilio(string plain) => plain == Twilio || plain.EndsWith("." + Twilio, StringComparison.Ordinal);

    /// <summary>True for what a forward proxy answers itself: Twilio's names and the given ones.</summary>
    public bool IsOurs(string plain) =>
        IsTwilio(plain) || _names.Contains(plain) || _suffixes.Any(s => plain.EndsWith(s, StringComparison.Ordinal));

    /// <summary>True for names a certificate is issued for.</summary>
    public bool IsServed(string plain) =>
        plain.Length is > 0 and <= MaxLength
        && (IsOurs(plain) || plain == "localhost" || plain.EndsWith(".localhost", StringComparison.Ordinal)
            || (IPAddress.TryParse(plain, out var address) && IPAddress.IsLoopback(address)));
}
