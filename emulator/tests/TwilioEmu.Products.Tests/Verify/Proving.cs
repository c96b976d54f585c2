using System.Text.Json;
using TwilioEmu.Carrier.Codes;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Mail;
using TwilioEmu.Products.Verify;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Voice;

namespace TwilioEmu.Products.Tests.Verify;

/// <summary>Asks the Verify API of a world with phones, mailboxes and voice.</summary>
internal sealed class Proving : IAsyncDisposable
{
    public const string Phone = "+14155550199";

    public Proving()
    {
        var voice = new VoiceProduct();
        Product = new VerifyProduct(Rest.Handsets.Mail, voice, Rest.Lookup);
        Rest.Attach(voice, Product);
    }

    public RestWorld Rest { get; } = new();

    public VerifyProduct Product { get; }

    public ValueTask DisposeAsync() => Rest.DisposeAsync();

    public Task<RestAnswer> GetAsync(string path) => Rest.SendAsync("GET", path, null, null, host: "verify.twilio.com");

    public Task<RestAnswer> DeleteAsync(string path) => Rest.SendAsync("DELETE", path, null, null, host: "verify.twilio.com");

    public Task<RestAnswer> PostAsync(string path, params string[] pairs) => Rest.SendAsync(
        "POST", path, string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}")),
        "application/x-www-form-urlencoded", host: "verify.twilio.com");

    /// <summary>A service; its path.</summary>
    public async Task<string> ServiceAsync(params string[] pairs) =>
        "/v2/Services/" + (await PostAsync(
            "/v2/Services", [.. pairs.Contains("FriendlyName") ? [] : (string[])["FriendlyName", "Acme"], .. pairs]))["sid"];

    public Task<RestAnswer> StartAsync(string service, string channel = "sms", params string[] more) =>
        PostAsync($"{service}/Verifications", ["To", Phone, "Channel", channel, .. more]);

    public Task<RestAnswer> CheckAsync(string service, string code, params string[] more) =>
        PostAsync(
            $"{service}/VerificationCheck",
            [.. more.Contains("VerificationSid") || more.Contains("To") ? [] : (string[])["To", Phone], "Code", code, .. more]);

    public Task AdvanceAsync(double seconds) => Rest.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    public Task<T> DoAsync<T>(Func<T> turn) => Rest.World.Loop.RunAsync(turn, default);

    public Task<List<CodeKept>> CodesAsync(string phone = Phone) => DoAsync(() => Rest.Handsets.Of(phone).Codes.ToList());

    /// <summary>The code that reached the phone last, after the time a text takes.</summary>
    public async Task<string> CodeAsync()
    {
        await AdvanceAsync(2);
        return (await CodesAsync())[^1].Code;
    }

    public async Task<string> WrongCodeAsync() => (await CodeAsync()) == "000000" ? "111111" : "000000";

    public async Task<HandsetText> TextAsync(string phone = Phone)
    {
        await AdvanceAsync(2);
        return (await DoAsync(() => Rest.Handsets.Of(phone).Received.ToList()))[^1];
    }

    public Task<IReadOnlyList<Email>> MailAsync(string address) => DoAsync(() => Rest.Handsets.Mail.Of(address));

    public Task BehaveAsync(HandsetBehaviour behaviour) => DoAsync(() =>
    {
        Rest.Handsets.Configure(Phone, behaviour);
        return true;
    });

    public async Task<List<JsonElement>> AttemptsAsync(string query = "") =>
        [.. (await GetAsync($"/v2/Attempts{query}")).Json.GetProperty("attempts").EnumerateArray()];
}
