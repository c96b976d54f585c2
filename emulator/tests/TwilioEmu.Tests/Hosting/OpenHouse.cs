using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Tests.Hosting;

/// <summary>An emulator on free ports, and clients that come to it in every way an app may.</summary>
internal sealed class OpenHouse : IAsyncDisposable
{
    public const string Account = "AC00000000000000000000000000000001";
    public const string Token = "00000000000000000000000000000001";

    // What never comes fails a test, it does not hang it.
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private OpenHouse(EmulatorServer server) => Server = server;

    public EmulatorServer Server { get; }

    public IPEndPoint Http => new(IPAddress.Loopback, new Uri(Server.Url).Port);

    public IPEndPoint Tls => new(IPAddress.Loopback, new Uri(Server.TlsUrl!).Port);

    public static async Task<OpenHouse> OpenAsync(Func<Endpoints, Endpoints>? shape = null)
    {
        var endpoints = new Endpoints { HttpsPort = 0 };
        return new OpenHouse(await EmulatorServer.StartAsync(
            new WorldConfig
            {
                Accounts = [new AccountSpec { Sid = new(Account), AuthToken = Token, FriendlyName = "One" }],
                Numbers = [new PhoneNumberSpec { Number = "+14155550100", MessagesPerSecond = 1000 }],
            },
            new WorldOptions { Clock = new ClockMode.Auto(), Start = WorldOptions.StoryStart },
            shape?.Invoke(endpoints) ?? endpoints));
    }

    /// <summary>A client that knows nothing but its proxy and whom to trust.</summary>
    public HttpClient Proxied() => Client(new SocketsHttpHandler { Proxy = new WebProxy(Server.Url), UseProxy = true });

    /// <summary>A client for which every name is this emulator's TLS port: a hosts file.</summary>
    public HttpClient Aliased() => Client(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(Tls, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    /// <summary>A raw connection to the HTTP port, ready to be misused.</summary>
    public async Task<RawClient> RawAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(Http);
        return new RawClient(socket);
    }

    /// <summary>
    /// Waits until the journal holds an entry of a kind, and gives it as JSON. Sockets know no virtual time: others are given way to.
    /// </summary>
    public async Task<string> JournalledAsync(string kind)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            var found = await Server.House.World.Loop.RunAsync(
                () => Server.House.World.Journal.After(0).FirstOrDefault(e => e.Kind == kind)?.ToJson(), default);
            if (found is not null) return found;
            await Task.Yield();
        }
    }

    /// <summary>True when the chain ends at this emulator's root, and nothing else is wrong.</summary>
    public bool Trusts(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0 || certificate is null) return false;
        using var root = X509Certificate2.CreateFromPem(Server.CaPem);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build((X509Certificate2)certificate);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private HttpClient Client(SocketsHttpHandler handler)
    {
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => Trusts(certificate, errors);
        var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Account}:{Token}")));
        return client;
    }
}
