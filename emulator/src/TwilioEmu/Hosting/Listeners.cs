using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TwilioEmu.Access;
using TwilioEmu.Carrier.Strangers;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Proxy;
using TwilioEmu.Refusals;
using TwilioEmu.Tls;

namespace TwilioEmu.Hosting;

/// <summary>The ways in from the network: HTTP with the proxy before it, and TLS. Tells the world at hand who did not get in.</summary>
/// <param name="endpoints">Where and how.</param>
/// <param name="wall">Real time: certificates and sockets know no other.</param>
/// <param name="worldNow">The world whose journal is told; null while there is none yet.</param>
internal sealed class Listeners(Endpoints endpoints, TimeProvider wall, Func<World?> worldNow) : IDisposable
{
    private const int MaxToldLength = 300;

    private readonly ServedNames _names = new(endpoints.TlsNames);
    private readonly LeafCache _leaves = new(endpoints.CaOfNames, wall);
    private readonly ProxyGate _carried = new(endpoints.Proxy.MaxTunnels);
    private readonly StrangerLog _strangers = new(worldNow);
    private Forwarder? _forwarder;

    /// <summary>Who is let in.</summary>
    public Entrance Entrance => field ??= new Entrance(endpoints.Access, _names);

    /// <summary>The root clients are to trust; made when first asked for.</summary>
    public CertificateAuthority Authority => _leaves.Authority;

    /// <summary>The certificate for a TLS client that is not HTTP's: by the name it asks for, else by address. Any thread.</summary>
    public X509Certificate2 CertificateFor(string? name)
    {
        var plain = ServedNames.Plain(name ?? "");
        return (_names.IsServed(plain)
            ? _leaves.For(plain)
            : _leaves.ForAddress(IPAddress.TryParse(endpoints.Host, out var bound) ? bound : IPAddress.Loopback)).TargetCertificate;
    }

    /// <summary>Tunnels and passed-on requests now.</summary>
    public int CarriedCount => _carried.Count;

    /// <summary>Sorts out the requests that are for other hosts.</summary>
    public AbsoluteForm Requests => new(_names, _forwarder ?? throw new InvalidOperationException("nobody listens yet"));

    /// <summary>Opens the listeners: HTTP first, then TLS.</summary>
    public void AddTo(KestrelServerOptions kestrel)
    {
        var dialer = new Dialer(endpoints.Proxy.PassThrough, wall);
        var tls = new TlsDoor(_leaves, _names, failure => Tell(failure.Kind, failure.Name, failure.Reason));
        var proxy = new ProxyDoor(endpoints.Proxy, _names, _carried, dialer, wall, TellOfProxy);
        _forwarder = new Forwarder(endpoints.Proxy, _carried, dialer, wall, TellOfProxy);
        var wrong = new WrongPort(_strangers, wall);
        Listen(kestrel, endpoints.Port, listen =>
        {
            wrong.AddBeforeHttp(listen, endpoints.Proxy.FirstByteLimit);
            proxy.AddTo(listen, tls);
        });
        if (endpoints.HttpsPort is not { } port) return;
        Listen(kestrel, port, listen =>
        {
            wrong.AddBeforeTls(listen, TlsDoor.HandshakeLimit);
            tls.AddTo(listen);
        });
    }

    /// <summary>Whether a page may open a socket beside HTTP (SIP over WebSocket); of one that may not the journal is told.</summary>
    /// <remarks>Any thread.</remarks>
    public bool AdmitsPage(string origin)
    {
        if (Entrance.AdmitsPage(origin)) return true;
        Tell(
            DoorEntries.AccessRefused, "SIP over WebSocket",
            $"pages of {Short(origin)} may not use this emulator; --cors names those that may");
        return false;
    }

    /// <summary>Tells the journal of a request that was not let in.</summary>
    public void TellOfRefusal(HttpContext context, Refusal refusal) =>
        Tell(DoorEntries.AccessRefused, $"{context.Request.Method} {Short(context.Request.Path)}", Short(refusal.Reason));

    public void Dispose()
    {
        _forwarder?.Dispose();
        _leaves.Dispose();
    }

    private void Listen(KestrelServerOptions kestrel, int port, Action<ListenOptions> shape)
    {
        if (endpoints.Host == "localhost") kestrel.ListenLocalhost(port, Shape);
        else kestrel.Listen(IPAddress.Parse(endpoints.Host), port, Shape);

        void Shape(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            shape(listen);
        }
    }

    // What a stranger sends fills no journal.
    private static string Short(string? text) => text is null ? "" : text.Length <= MaxToldLength ? text : text[..MaxToldLength] + "...";

    private void TellOfProxy(ProxyFailure failure) =>
        Tell(
            failure.Refusal.Status is 403 or 503 ? DoorEntries.ProxyRefused : DoorEntries.ProxyFailed, failure.Target,
            failure.Refusal.Message);

    private void Tell(EntryKind kind, string subject, string reason)
    {
        if (worldNow() is not { } world) return;
        world.Loop.TryPost(static state =>
        {
            var (world, kind, subject, reason) = ((World, EntryKind, string, string))state!;
            world.Journal.Write(AccountSid.None, kind, subject, 0, ("reason", reason));
        }, (world, kind, Short(subject), reason));
    }
}
