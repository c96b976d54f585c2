using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Verify;

/// <summary>Devices that enrol by an access token, and come by their own key from then on, as the mobile SDKs do.</summary>
/// <remarks>twilio.com/docs/verify/api/access-token; github.com/twilio/twilio-verify-android.</remarks>
public sealed class DeviceTests : IAsyncDisposable
{
    private const string Ann = "ann-00000001";
    private const string Bob = "bob-00000001";

    private readonly Proving _proving = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public async ValueTask DisposeAsync()
    {
        _key.Dispose();
        await _proving.DisposeAsync();
    }

    [Fact]
    public async Task A_token_tells_what_it_is_for_and_looks_as_live_ones_do()
    {
        var made = await _proving.PostAsync(
            $"{await _proving.ServiceAsync()}/AccessTokens", "Identity", Ann, "FactorType", "push", "FactorFriendlyName", "Ann's phone");
        (made.Status, made["entity_identity"], made["factor_type"], made["factor_friendly_name"], made["ttl"])
            .Should().Be((201, Ann, "push", "Ann's phone", "60"));
        made["token"]!.Split('.').Select(p => p.Length > 0).Should().Equal(true, false, true, true, true);
        (await _proving.GetAsync($"/v2/Services/{made["service_sid"]}/AccessTokens/{made["sid"]}"))["token"].Should().Be(made["token"]);
    }

    [Fact]
    public async Task A_device_enrols_by_its_token_and_then_proves_its_factor_and_answers_by_its_key()
    {
        var service = await _proving.ServiceAsync();
        var made = await EnrolAsync(await TokenAsync(service), service);
        made.Status.Should().Be(201);
        var credential = made.Json.GetProperty("config").GetProperty("credential_sid").GetString()!;
        credential.Should().MatchRegex("^CR[0-9a-f]{32}$");
        var factor = $"{service}/Entities/{Ann}/Factors/{made["sid"]}";
        var signed = _key.SignData(
            Encoding.ASCII.GetBytes(made["sid"]!), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        (await AskAsync("POST", factor, Jwt(credential), "AuthPayload", Convert.ToBase64String(signed)))["status"].Should().Be("verified");
        (await AskAsync("GET", $"{service}/Entities/{Ann}/Challenges", Jwt(credential))).Status.Should().Be(200);
        (await AskAsync("DELETE", factor, Jwt(credential))).Status.Should().Be(204);
    }

    [Fact]
    public async Task A_token_opens_nothing_but_the_making_of_its_persons_factor_for_its_time()
    {
        var service = await _proving.ServiceAsync();
        var token = await TokenAsync(service);
        (await EnrolAsync(token, service, Bob)).Status.Should().Be(401);
        (await EnrolAsync(token, await _proving.ServiceAsync())).Status.Should().Be(401);
        (await EnrolAsync(token[..^2] + (token.EndsWith("AA", StringComparison.Ordinal) ? "BB" : "AA"), service)).Status.Should().Be(401);
        (await AskAsync("GET", $"{service}/Entities/{Ann}/Factors", token)).Status.Should().Be(401);
        (await AskAsync("GET", "/v2/Services", token)).Status.Should().Be(401);
        await _proving.AdvanceAsync(59);
        (await EnrolAsync(token, service)).Status.Should().Be(201);
        await _proving.AdvanceAsync(1);
        var late = await EnrolAsync(token, service);
        (late.Status, late.Code).Should().Be((401, 20003), "its minute is over");
    }

    [Fact]
    public async Task A_word_that_another_key_signed_or_of_another_time_or_about_another_factor_lets_nobody_in()
    {
        var service = await _proving.ServiceAsync();
        var made = await EnrolAsync(await TokenAsync(service), service);
        var credential = made.Json.GetProperty("config").GetProperty("credential_sid").GetString()!;
        var factor = $"{service}/Entities/{Ann}/Factors/{made["sid"]}";
        var other = await EnrolAsync(await TokenAsync(service), service);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        (await AskAsync("GET", factor, Jwt(credential))).Status.Should().Be(200);
        (await AskAsync("GET", factor, Jwt(credential, stranger))).Status.Should().Be(401);
        (await AskAsync("GET", factor, Jwt(credential, seconds: -1))).Status.Should().Be(401);
        (await AskAsync("GET", $"{service}/Entities/{Ann}/Factors/{other["sid"]}", Jwt(credential))).Status.Should().Be(401);
        (await AskAsync("POST", $"{service}/Entities/{Ann}/Challenges", Jwt(credential), "FactorSid", made["sid"]!)).Status.Should().Be(401);
        (await AskAsync("GET", factor, "a.b.c")).Status.Should().Be(401);
    }

    private async Task<string> TokenAsync(string service) =>
        (await _proving.PostAsync($"{service}/AccessTokens", "Identity", Ann, "FactorType", "push"))["token"]!;

    private Task<RestAnswer> EnrolAsync(string token, string service, string identity = Ann) => AskAsync(
        "POST", $"{service}/Entities/{identity}/Factors", token, "FriendlyName", "phone", "FactorType", "push", "Binding.Alg", "ES256",
        "Binding.PublicKey", Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()), "Config.AppId", "test.app",
        "Config.NotificationPlatform", "none");

    private Task<RestAnswer> AskAsync(string method, string path, string token, params string[] pairs) => _proving.Rest.SendAsync(
        method, path, pairs.Length == 0 ? null : string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}")),
        pairs.Length == 0 ? null : "application/x-www-form-urlencoded", AccountBook.Device, token, host: "verify.twilio.com");

    private string Jwt(string credential, ECDsa? key = null, int seconds = 600)
    {
        // By the clock of the device, which is the wall's.
        var now = _proving.Rest.World.Options.Wall.GetUtcNow().ToUnixTimeSeconds();
        var (header, claims) = (
            $$"""{"typ":"JWT","alg":"ES256","cty":"twilio-pba;v=1","kid":"{{credential}}"}""",
            $$"""{"sub":"{{AccountBook.DefaultSid}}","exp":{{now + seconds}},"nbf":{{now - 1}}}""");
        var signed = $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString((key ?? _key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }
}
