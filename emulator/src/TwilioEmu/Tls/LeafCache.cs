using System.Net;
using System.Net.Security;

namespace TwilioEmu.Tls;

/// <summary>Certificates by name, issued when first asked for; the oldest leave when there are too many.</summary>
/// <remarks>Safe from any thread. The context is kept with the certificate: sessions resume only within one.</remarks>
internal sealed class LeafCache(CaSource source, TimeProvider wall) : IDisposable
{
    /// <summary>Leaves kept; Twilio has some sixty hosts, and a region or edge doubles those it is used with.</summary>
    public const int Capacity = 512;

    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Leaf> _leaves = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private CertificateAuthority? _authority;

    /// <summary>Leaves in memory.</summary>
    public int Count
    {
        get { lock (_lock) return _leaves.Count; }
    }

    /// <summary>The root, made when first asked for.</summary>
    public CertificateAuthority Authority
    {
        get { lock (_lock) return Authority_NeedsLock(); }
    }

    /// <summary>The certificate for a name the emulator serves.</summary>
    public SslStreamCertificateContext For(string plainName) => For(
        plainName,
        () => IPAddress.TryParse(plainName, out var address) ? ([], [address]) : ([plainName], []));

    /// <summary>The certificate for a client that names no host: it came by address, or is very old.</summary>
    /// <param name="local">The address it came to.</param>
    public SslStreamCertificateContext ForAddress(IPAddress local) => For(
        $"[{local}]",
        () =>
            (
                ["localhost", "*.localhost", "twilio.com", "*.twilio.com"],
                [
                    .. new[] { IPAddress.Loopback, IPAddress.IPv6Loopback, local }.Distinct()
                        .Where(a => Authority.Constraints?.Permits(a) != false),
                ]));

    public void Dispose()
    {
        lock (_lock) _authority?.Dispose();
    }

    private SslStreamCertificateContext For(string key, Func<(string[] Hosts, IPAddress[] Addresses)> names)
    {
        lock (_lock)
        {
            if (_leaves.TryGetValue(key, out var leaf) && leaf.GoodUntil > wall.GetUtcNow()) return leaf.Context;
            var authority = Authority_NeedsLock();
            var (hosts, addresses) = names();
            var certificate = authority.Issue(hosts.Length > 0 ? hosts[0] : addresses[0].ToString(), hosts, addresses);
            // Offline: whom would we ask about revocation, and why wait for them?
            var context = SslStreamCertificateContext.Create(certificate, [authority.Certificate], offline: true);
            if (!_leaves.ContainsKey(key)) _order.Enqueue(key);
            _leaves[key] = new Leaf(context, new DateTimeOffset(certificate.NotAfter) - RenewBefore);
            // Handshakes may still use what leaves here: the collector buries it.
            if (_leaves.Count > Capacity) _leaves.Remove(_order.Dequeue());
            return context;
        }
    }

    private CertificateAuthority Authority_NeedsLock()
    {
        if (_authority is null) return _authority = source.Open(wall);
        var now = source.Renewed(_authority, wall);
        if (ReferenceEquals(now, _authority)) return now;
        // Handshakes may still use the old one: the collector buries it.
        _leaves.Clear();
        _order.Clear();
        return _authority = now;
    }

    private sealed record Leaf(SslStreamCertificateContext Context, DateTimeOffset GoodUntil);
}
