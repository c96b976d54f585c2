using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Tls;
using TwilioEmu.Webhooks.Addresses;

namespace TwilioEmu.Proxy;

/// <summary>How far the proxy carries what is not meant for Twilio.</summary>
internal enum PassThroughReach
{
    /// <summary>Nowhere.</summary>
    Off,

    /// <summary>To hosts named in the config.</summary>
    Named,

    /// <summary>To this machine, private networks, and hosts named in the config.</summary>
    Local,

    /// <summary>Anywhere.</summary>
    All,
}

/// <summary>
/// Whom the proxy may connect to. Decided on addresses, not names: a name may point anywhere, and elsewhere at the next look.
/// </summary>
/// <param name="Reach">How far.</param>
/// <param name="Allowed">Hosts that may be reached at any address unless the
/// reach is off: <c>api.example.com</c>, <c>*.example.com</c>.</param>
internal sealed record PassThrough(PassThroughReach Reach, IReadOnlyList<string> Allowed)
{
    private static readonly IdnMapping Idn = new();

    private readonly string[] _allowed = [.. Allowed.Select(Spelling)];

    /// <summary>The words of <c>--proxy-passthrough</c>.</summary>
    public static Words<PassThroughReach> Reaches { get; } =
        new(
            (PassThroughReach.Off, "off"), (PassThroughReach.Named, "named"), (PassThroughReach.Local, "local"),
            (PassThroughReach.All, "all"));

    /// <summary>The reach that a word of <see cref="Reaches"/> means.</summary>
    public static PassThroughReach Parse(string text) =>
        Reaches.Read(text) ?? throw new ArgumentException($"no reach is called {text}", nameof(text));

    /// <summary>True when a connection to this address, found under this name, is allowed.</summary>
    public bool Allows(string host, IPAddress address) => Reach switch
    {
        PassThroughReach.Off => false,
        // A name may be turned to such an address; only who names the address itself means it.
        _ when MetadataAddress.Is(address) => IPAddress.TryParse(host, out _) && IsNamed(host),
        PassThroughReach.Named => IsNamed(host),
        PassThroughReach.All => true,
        PassThroughReach.Local => IsNear(address) || IsNamed(host),
        _ => throw new InvalidOperationException($"no reach {Reaches.Spell(Reach)}"),
    };

    /// <summary>True when no address could make it allowed: such a name is not even looked up.</summary>
    public bool NeverAllows(string host) =>
        Reach == PassThroughReach.Off || (Reach == PassThroughReach.Named && !IsNamed(host));

    /// <summary>Why not, for the client to read.</summary>
    public string Refusal(string host) => Reach switch
    {
        PassThroughReach.Off => $"TwilioEmu answers for *.twilio.com and passes nothing on: {host} is refused (--proxy-passthrough off)",
        PassThroughReach.Named =>
            $"TwilioEmu passes on to named hosts only, and {host} is none (--proxy-passthrough named; --proxy-allow names hosts; the app's "
                + "NO_PROXY names those it reaches by itself)",
        PassThroughReach.Local =>
            $"TwilioEmu passes on to this machine, private addresses and named hosts only: {host} is none of these (--proxy-passthrough "
                + "local; --proxy-allow names hosts)",
        _ => $"{host} leads to where clouds keep a machine's secrets, and nobody is led there (--proxy-allow names the address itself)",
    };

    /// <summary>
    /// Loopback, and the private ranges of RFC 1918 3 and RFC 4193 3. Link-local is left out: cloud machines keep their secrets there.
    /// </summary>
    private static bool IsNear(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6) return address.IsIPv6UniqueLocal;
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return bytes is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..];
    }

    private bool IsNamed(string host)
    {
        var plain = Spelling(host);
        return _allowed.Any(a => a.StartsWith("*.", StringComparison.Ordinal)
            ? plain.EndsWith(a.AsSpan(1), StringComparison.Ordinal)
            : plain == a);
    }

    /// <summary>
    /// One spelling for all of a host's: addresses without brackets and in their shortest form, names as DNS has them (RFC 5890).
    /// </summary>
    private static string Spelling(string host)
    {
        var plain = ServedNames.Plain(host.Trim('[', ']'));
        if (IPAddress.TryParse(plain, out var address)) return address.ToString();
        try
        {
            return Idn.GetAscii(plain);
        }
        catch (ArgumentException)
        {
            // No name that DNS could have: it is nobody's.
            return plain;
        }
    }
}
