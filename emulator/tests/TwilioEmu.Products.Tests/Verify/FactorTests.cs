using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Products.Verify.Factors;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Verify;

/// <summary>Entities, TOTP and push factors, their challenges and webhooks.</summary>
public sealed class FactorTests
{
    private const string Ann = "ann-00000001";

    [Fact]
    public async Task An_authenticator_app_proves_its_factor_and_answers_a_challenge()
    {
        await using var proving = new Proving();
        var entity = $"{await proving.ServiceAsync()}/Entities/{Ann}";
        var made = await proving.PostAsync($"{entity}/Factors", "FriendlyName", "Ann's phone", "FactorType", "totp");
        (made.Status, made["status"]).Should().Be((201, "unverified"));
        var binding = made.Json.GetProperty("binding");
        var secret = binding.GetProperty("secret").GetString()!;
        binding.GetProperty("uri").GetString()
            .Should().Be($"otpauth://totp/Acme:Ann%27s%20phone?secret={secret}&issuer=Acme&algorithm=SHA1&digits=6&period=30");
        made.Json.GetProperty("config").GetProperty("time_step").GetInt32().Should().Be(30);
        var factor = $"{entity}/Factors/{made["sid"]}";
        (await proving.GetAsync(factor)).Json.TryGetProperty("binding", out _).Should().BeFalse("the secret is shown once");
        (await proving.GetAsync(entity))["identity"].Should().Be(Ann, "the entity comes to be with its first factor");
        (await proving.GetAsync(factor))["entity_sid"].Should().Be((await proving.GetAsync(entity))["sid"]);

        (await proving.PostAsync(factor, "AuthPayload", "000000x"))["status"].Should().Be("unverified");
        (await proving.PostAsync($"{entity}/Challenges", "FactorSid", made["sid"]!, "AuthPayload", "123456")).Code.Should().Be(60318);
        (await proving.PostAsync(factor, "AuthPayload", Code(proving, secret)))["status"].Should().Be("verified");

        (await proving.PostAsync($"{entity}/Challenges", "FactorSid", made["sid"]!, "AuthPayload", Code(proving, secret)))["status"]
            .Should().Be("pending", "a code is taken once");
        await proving.AdvanceAsync(30);
        var challenge = await proving.PostAsync($"{entity}/Challenges", "FactorSid", made["sid"]!, "AuthPayload", Code(proving, secret));
        (challenge.Status, challenge["status"], challenge["factor_type"]).Should().Be((201, "approved", "totp"));
        (await proving.GetAsync($"{entity}/Challenges/{challenge["sid"]}"))["status"].Should().Be("approved");
    }

    [Fact]
    public async Task A_factor_of_the_apps_own_secret_and_numbers_is_computed_so()
    {
        await using var proving = new Proving();
        var entity = $"{await proving.ServiceAsync("Totp.Issuer", "Acme Bank")}/Entities/{Ann}";
        var made = await proving.PostAsync(
            $"{entity}/Factors", "FriendlyName", "ann", "FactorType", "totp", "Binding.Secret", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
            "Config.Alg", "sha256", "Config.CodeLength", "8", "Config.TimeStep", "60", "Config.Skew", "0");
        made.Json.GetProperty("binding").GetProperty("uri").GetString()
            .Should().Contain("issuer=Acme%20Bank&algorithm=SHA256&digits=8&period=60");
        var code = new Totp("sha256", TimeSpan.FromSeconds(60), 8, 0)
            .CodeAt(Encoding.ASCII.GetBytes("12345678901234567890"), proving.Rest.World.Clock.GetUtcNow());
        (await proving.PostAsync($"{entity}/Factors/{made["sid"]}", "AuthPayload", code))["status"].Should().Be("verified");
    }

    [Fact]
    public async Task After_five_codes_in_vain_a_factor_and_a_challenge_take_no_more()
    {
        await using var proving = new Proving();
        var entity = $"{await proving.ServiceAsync()}/Entities/{Ann}";
        var bad = await proving.PostAsync($"{entity}/Factors", "FriendlyName", "a", "FactorType", "totp");
        for (var i = 0; i < 5; i++)
        {
            (await proving.PostAsync($"{entity}/Factors/{bad["sid"]}", "AuthPayload", "wrong1")).Status.Should().Be(200);
        }
        var refused = await proving.PostAsync($"{entity}/Factors/{bad["sid"]}", "AuthPayload", "wrong1");
        (refused.Status, refused.Code).Should().Be((429, 60310));

        var good = await proving.PostAsync($"{entity}/Factors", "FriendlyName", "b", "FactorType", "totp");
        await proving.PostAsync(
            $"{entity}/Factors/{good["sid"]}", "AuthPayload",
            Code(proving, good.Json.GetProperty("binding").GetProperty("secret").GetString()!));
        var challenge = await proving.PostAsync($"{entity}/Challenges", "FactorSid", good["sid"]!);
        for (var i = 0; i < 5; i++)
        {
            (await proving.PostAsync($"{entity}/Challenges/{challenge["sid"]}", "AuthPayload", "wrong1"))["status"].Should().Be("pending");
        }
        (await proving.PostAsync($"{entity}/Challenges/{challenge["sid"]}", "AuthPayload", "wrong1")).Code.Should().Be(60308);
        await proving.AdvanceAsync(301);
        (await proving.GetAsync($"{entity}/Challenges/{challenge["sid"]}"))["status"].Should().Be("expired");
        (await proving.PostAsync($"{entity}/Challenges/{challenge["sid"]}", "AuthPayload", "wrong1")).Code.Should().Be(60323);
    }

    [Fact]
    public async Task A_device_signs_its_factor_and_its_answer_and_the_webhook_hears_of_both()
    {
        await using var proving = new Proving();
        proving.Rest.App.On("/verify", FakeApp.Empty);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var service = await proving.ServiceAsync();
        (await proving.PostAsync($"{service}/Webhooks", "FriendlyName", "w", "EventTypes", "*", "WebhookUrl", "http://app/verify")).Status
            .Should().Be(201);
        var (entity, factor) = await PushAsync(proving, service, key);

        var challenge = await proving.PostAsync(
            $"{entity}/Challenges", "FactorSid", factor, "Details.Message", "Log in?", "Details.Fields",
            """{"label":"From","value":"Paris"}""");
        challenge.Json.GetProperty("details").GetProperty("fields")[0].GetProperty("value").GetString().Should().Be("Paris");
        (await proving.PostAsync($"{entity}/Challenges/{challenge["sid"]}", "AuthPayload", "a.b.c")).Code.Should().Be(60324);
        var denied = await proving.PostAsync($"{entity}/Challenges/{challenge["sid"]}", "AuthPayload", Jwt(key, """{"status":"denied"}"""));
        (denied.Status, denied["status"]).Should().Be((200, "denied"));
        (await proving.PostAsync($"{entity}/Challenges/{challenge["sid"]}", "AuthPayload", Jwt(key, """{"status":"approved"}"""))).Code
            .Should().Be(60322);

        await proving.AdvanceAsync(1);
        proving.Rest.App.Requests.Should().OnlyContain(r => r.IsSigned);
        proving.Rest.App.Requests.Select(r => r.Request.Parameters.Single(p => p.Key == "type").Value)
            .Should().Equal("factor.created", "factor.verified", "challenge.denied");
    }

    [Fact]
    public async Task A_push_challenge_is_answered_by_hand()
    {
        await using var proving = new Proving();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (entity, factor) = await PushAsync(proving, await proving.ServiceAsync(), key);
        var challenge = await proving.PostAsync($"{entity}/Challenges", "FactorSid", factor, "Details.Message", "Log in?");
        (await AnswerAsync(proving, challenge["sid"]!, true)).Should().BeNull();
        var answered = await proving.GetAsync($"{entity}/Challenges/{challenge["sid"]}");
        (answered["status"], answered["date_responded"]).Should().Be(("approved", answered["date_updated"]));
        (await AnswerAsync(proving, challenge["sid"]!, false))!.Value.Status.Should().Be(409);
        (await AnswerAsync(proving, "YC00000000000000000000000000000000", false))!.Value.Status.Should().Be(404);
    }

    [Theory]
    [InlineData("FriendlyName=a;FactorType=fingerprint", 60200)]
    [InlineData("FactorType=totp", 60200)]
    [InlineData("FriendlyName=a;FactorType=totp;Binding.Secret=1!", 60200)]
    [InlineData("FriendlyName=a;FactorType=totp;Config.CodeLength=9", 60200)]
    [InlineData("FriendlyName=a;FactorType=push", 60306)]
    [InlineData(
        "FriendlyName=a;FactorType=push;Binding.Alg=ES256;Binding.PublicKey=AAAA;Config.AppId=x;Config.NotificationPlatform=none", 60200)]
    public async Task A_factor_is_refused_with_its_code(string form, int code)
    {
        await using var proving = new Proving();
        var pairs = form.Split(';').SelectMany(p => p.Split('=', 2)).ToArray();
        (await proving.PostAsync($"{await proving.ServiceAsync()}/Entities/{Ann}/Factors", pairs)).Code.Should().Be(code);
    }

    [Fact]
    public async Task A_challenge_is_refused_with_its_code()
    {
        await using var proving = new Proving();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var service = await proving.ServiceAsync();
        var (entity, factor) = await PushAsync(proving, service, key);
        Task<RestAnswer> AskAsync(params string[] more) => proving.PostAsync($"{entity}/Challenges", ["FactorSid", factor, .. more]);
        string[] message = ["Details.Message", "Log in?"];

        (await AskAsync()).Code.Should().Be(60200, "there is nothing to ask");
        (await AskAsync("Details.Message", new string('x', 257))).Code.Should().Be(60200);
        (await AskAsync([.. message, "HiddenDetails", "[1]"])).Code.Should().Be(60200);
        (await AskAsync([.. message, "HiddenDetails", $$"""{"a":"{{new string('x', 1024)}}"}"""])).Code.Should().Be(60200);
        (await AskAsync([.. message, "Details.Fields", $$"""{"label":"{{new string('x', 37)}}","value":"x"}"""])).Code.Should().Be(60200);
        (await AskAsync([.. message, "ExpirationDate", "2030-01-01T00:00:00Z"])).Code.Should().Be(60200, "an hour is the most");
        (await proving.PostAsync($"{entity}/Challenges", [.. message, "FactorSid", "YF00000000000000000000000000000000"])).Code
            .Should().Be(60200);
        var unverified = await proving.PostAsync($"{entity}/Factors", "FriendlyName", "app", "FactorType", "totp");
        (await proving.PostAsync($"{entity}/Challenges", "FactorSid", unverified["sid"]!, "AuthPayload", "000000")).Code.Should().Be(60318);

        var asked = await AskAsync(message);
        var at = $"{entity}/Challenges/{asked["sid"]}";
        (await proving.PostAsync($"{at}/Notifications", "Ttl", "301")).Code.Should().Be(60200);
        (await proving.PostAsync($"{at}/Notifications")).Code.Should().Be(60307, "its platform is none");
        (await proving.PostAsync(at, "AuthPayload", "no.jwt.this")).Code.Should().Be(60324);
        await AnswerAsync(proving, asked["sid"]!, true);
        (await proving.PostAsync(at, "AuthPayload", Jwt(key, """{"status":"approved"}"""))).Code.Should().Be(60322);
        var late = await AskAsync(message);
        await proving.AdvanceAsync(301);
        (await proving.PostAsync($"{entity}/Challenges/{late["sid"]}", "AuthPayload", Jwt(key, """{"status":"approved"}"""))).Code
            .Should().Be(60323);

        for (var i = 2; i < 20; i++)
        {
            (await proving.PostAsync($"{entity}/Factors", "FriendlyName", $"{i}", "FactorType", "totp")).Status.Should().Be(201);
        }
        (await proving.PostAsync($"{entity}/Factors", "FriendlyName", "one too many", "FactorType", "totp")).Code.Should().Be(60315);
    }

    [Fact]
    public async Task An_entity_is_made_once_and_named_with_care()
    {
        await using var proving = new Proving();
        var service = await proving.ServiceAsync();
        (await proving.PostAsync($"{service}/Entities", "Identity", Ann)).Status.Should().Be(201);
        (await proving.PostAsync($"{service}/Entities", "Identity", Ann)).Code.Should().Be(60301);
        (await proving.PostAsync($"{service}/Entities", "Identity", "short")).Code.Should().Be(60200);
        (await proving.PostAsync($"{service}/AccessTokens", "Identity", Ann, "FactorType", "push", "Ttl", "59")).Code.Should().Be(60305);
    }

    private static async Task<(string Entity, string Factor)> PushAsync(Proving proving, string service, ECDsa key)
    {
        var entity = $"{service}/Entities/{Ann}";
        var made = await proving.PostAsync(
            $"{entity}/Factors", "FriendlyName", "phone", "FactorType", "push", "Binding.Alg", "ES256", "Binding.PublicKey",
            Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()), "Config.AppId", "test.app",
            "Config.NotificationPlatform", "none");
        made.Status.Should().Be(201);
        (await proving.PostAsync($"{entity}/Factors/{made["sid"]}", "AuthPayload", "AAAA")).Code.Should().Be(60311);
        var proof = Convert.ToBase64String(key.SignData(
            Encoding.ASCII.GetBytes(made["sid"]!), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        (await proving.PostAsync($"{entity}/Factors/{made["sid"]}", "AuthPayload", proof))["status"].Should().Be("verified");
        return (entity, made["sid"]!);
    }

    private static Task<(int Status, string Message)?> AnswerAsync(Proving proving, string challenge, bool isApproved) =>
        proving.DoAsync(() => proving.Product.Answer(challenge, isApproved, [AccountBook.DefaultSid]));

    private static string Jwt(ECDsa key, string payload)
    {
        var head =
            $"{Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{head}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(head), HashAlgorithmName.SHA256))}";
    }

    private static string Code(Proving proving, string secret) =>
        new Totp("sha1", TimeSpan.FromSeconds(30), 6, 1).CodeAt(Totp.Decode(secret), proving.Rest.World.Clock.GetUtcNow());
}
