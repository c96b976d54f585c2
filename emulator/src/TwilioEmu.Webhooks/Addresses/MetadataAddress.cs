using System.Net;
using System.Net.Sockets;

namespace TwilioEmu.Webhooks.Addresses;

/// <summary>Addresses at which clouds tell a machine its secrets: nobody who can name a URL may be led there.</summary>
/// <remarks>
/// Decided on addresses, not names: a name may point anywhere. IPv4 addresses count in every IPv6 address that holds one.
///
/// | addresses | whose |
/// |---|---|
/// | 169.254.0.0/16 | AWS, Azure, Google, Oracle, DigitalOcean, OpenStack, Hetzner, Tencent, Scaleway; link-local, RFC 3927 |
/// | 100.100.100.200 | Alibaba Cloud |
/// | 168.63.129.16 | Azure's host |
/// | 192.0.0.192 | Oracle Cloud Classic |
/// | fd00:ec2::/32 | AWS: instance metadata, EKS |
/// | fd20:ce::/32 | Google Cloud |
/// | fd00:42::42 | Scaleway |
/// | fe80::a9fe:a9fe | OpenStack |
/// </remarks>
public static class MetadataAddress
{
    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("192.0.0.192/32"),
        IPNetwork.Parse("fd00:ec2::/32"), IPNetwork.Parse("fd20:ce::/32"), IPNetwork.Parse("fd00:42::42/128"),
        IPNetwork.Parse("fe80::a9fe:a9fe/128"),
    ];

    /// <summary>True for such an address.</summary>
    public static bool Is(IPAddress address)
    {
        // A zone (fe80::a9fe:a9fe%eth0) is no part of the address.
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var count)) return false;
        var bare = new IPAddress(bytes[..count]);
        return Networks.Any(n => n.Contains(bare))
            || (bare.AddressFamily == AddressFamily.InterNetworkV6 && Inner(bytes) is { } inner && Is(inner));
    }

    /// <summary>
    /// The IPv4 address inside: mapped (RFC 4291 2.5.5.2), compatible (2.5.5.1), NAT64 (RFC 6052 2.1), 6to4 (RFC 3056 2).
    /// </summary>
    private static IPAddress? Inner(ReadOnlySpan<byte> address) => address switch
    {
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, .. var mapped] => new IPAddress(mapped),
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. var compatible] => new IPAddress(compatible),
        [0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, .. var translated] => new IPAddress(translated),
        [0x20, 0x02, var a, var b, var c, var d, ..] => new IPAddress([a, b, c, d]),
        _ => null,
    };
}
