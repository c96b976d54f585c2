using Twilio.Clients;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Rest.Api.V2010.Account.AvailablePhoneNumberCountry;
using TwilioEmu;

namespace Strangers.Emulators;

/// <summary>What test classes live in: an emulator whose time jumps, an app, and accounts of their own.</summary>
public class House : IAsyncLifetime
{
    public Emulator Emulator { get; private set; } = null!;

    public App App { get; private set; } = null!;

    protected virtual string Clock => "auto";

    public async ValueTask InitializeAsync()
    {
        Emulator = await Emulator.StartAsync(Clock);
        App = await App.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await App.DisposeAsync();
        await Emulator.DisposeAsync();
    }

    /// <summary>The SDK in an account nobody else knows, led to the emulator by TwilioRedirectHandler.</summary>
    public async Task<Stranger> NewAccountAsync()
    {
        var account = await Emulator.Control.OpenAccountAsync("a test");
        App.Trust(account.Sid, account.AuthToken);
        return ClientOf(account.Sid, account.AuthToken, account.Sid);
    }

    public Stranger ClientOf(string user, string password, string? account = null)
    {
        var seen = new Watcher(new TwilioRedirectHandler(Emulator.Url, new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }));
        return new Stranger(new TwilioRestClient(user, password, account, httpClient: new SystemNetHttpClient(new System.Net.Http.HttpClient(seen))), account ?? user, password, seen);
    }

    /// <summary>A number of an account's own.</summary>
    public static async Task<string> NewSenderAsync(ITwilioRestClient client, Action<CreateIncomingPhoneNumberOptions>? settings = null)
    {
        var found = (await LocalResource.ReadAsync(new ReadLocalOptions("US") { Limit = 1 }, client)).First();
        var options = new CreateIncomingPhoneNumberOptions { PhoneNumber = found.PhoneNumber };
        settings?.Invoke(options);
        return (await IncomingPhoneNumberResource.CreateAsync(options, client)).PhoneNumber.ToString();
    }
}

/// <summary>The SDK in one account.</summary>
public sealed record Stranger(ITwilioRestClient Client, string Sid, string Token, Watcher Seen);

/// <summary>Counts and remembers what the SDK sends.</summary>
public sealed class Watcher(HttpMessageHandler next) : DelegatingHandler(next)
{
    public int Count { get; private set; }

    public string Last { get; private set; } = "";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Count++;
        var body = request.Content is null ? "" : " " + await request.Content.ReadAsStringAsync(cancellationToken);
        Last = $"{request.Method} {request.RequestUri}{body}";
        return await base.SendAsync(request, cancellationToken);
    }
}
