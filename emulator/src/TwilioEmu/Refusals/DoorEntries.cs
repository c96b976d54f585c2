using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Refusals;

/// <summary>What was turned away before it was a request.</summary>
internal static class DoorEntries
{
    public static readonly EntryKind AccessRefused = new("access.refused", "a stranger was kept out", "reason");
    public static readonly EntryKind ProxyRefused = new("proxy.refused", "the proxy would not pass a connection on", "reason");
    public static readonly EntryKind ProxyFailed = new("proxy.failed", "the proxy could not reach where it was to go", "reason");
    public static readonly EntryKind TlsRefused = new("tls.refused", "a name was asked for that is not Twilio's", "reason");
    public static readonly EntryKind TlsFailed = new(
        "tls.failed", "a TLS handshake broke off, mostly because the CA is not trusted", "reason");

    public static IReadOnlyList<EntryKind> All { get; } = [AccessRefused, ProxyRefused, ProxyFailed, TlsRefused, TlsFailed];
}
