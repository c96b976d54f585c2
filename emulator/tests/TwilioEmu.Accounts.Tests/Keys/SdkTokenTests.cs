using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Keys;
using TwilioEmu.Kernel;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.Keys;

/// <summary>Tokens of SDKs, as apps make them and as forgers do: twilio.com/docs/iam/access-tokens, codes 20101 to 20107.</summary>
public sealed class SdkTokenTests : IAsyncDisposable
{
    private const string Service = "IS00000000000000000000000000000001";
    private const string Header = """{"alg":"HS256","typ":"JWT","cty":"twilio-fpa;v=1"}""";

    // 1767603600 s after 1970.
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly RestWorld _rest = new(new World(House.UsualWorld with { Wall = new StandingWall() }));

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Theory]
    [InlineData("exp", "1767603601")]
    [InlineData("exp", "1767603600.5")]
    [InlineData("exp", "1767690000")]
    [InlineData("nbf", "1767603600")]
    [InlineData("nbf", "1767603599.5")]
    public async Task A_token_opens_within_its_time_to_the_border(string claim, string value) =>
        (await ReadAsync(Header, claim, value)).Opened.Should().Be(new SdkToken(new(RestWorld.Account), "ann", Service));

    [Theory]
    [InlineData("exp", "1767603600", 20104)]
    [InlineData("exp", "1767603599.9", 20104)]
    [InlineData("exp", "1767690001", 20104)]
    [InlineData("exp", "1e300", 20104)]
    [InlineData("exp", "-1", 20104)]
    [InlineData("exp", "\"1767603700\"", 20104)]
    [InlineData("exp", "null", 20104)]
    [InlineData("nbf", "1767603601", 20105)]
    [InlineData("nbf", "1767603600.5", 20105)]
    [InlineData("nbf", "1e300", 20105)]
    [InlineData("nbf", "\"1767603600\"", 20101)]
    [InlineData("nbf", "null", 20101)]
    [InlineData("sub", "\"AC00000000000000000000000000000009\"", 20103)]
    [InlineData("sub", "null", 20103)]
    [InlineData("iss", "\"SK00000000000000000000000000000009\"", 20103)]
    [InlineData("iss", "[]", 20103)]
    [InlineData("grants", "[]", 20106)]
    [InlineData("grants", """{"identity":""}""", 20106)]
    [InlineData("grants", """{"identity":["ann"]}""", 20106)]
    public async Task A_claim_that_is_not_as_it_must_be_has_its_code(string claim, string value, int code)
    {
        var (opened, refusal) = await ReadAsync(Header, claim, value);
        (opened, refusal).Should().Be((null, code));
    }

    [Theory]
    [InlineData("""{"alg":"none","cty":"twilio-fpa;v=1"}""")]
    [InlineData("""{"alg":"None","cty":"twilio-fpa;v=1"}""")]
    [InlineData("""{"alg":"HS512","cty":"twilio-fpa;v=1"}""")]
    [InlineData("""{"alg":["HS256"],"cty":"twilio-fpa;v=1"}""")]
    [InlineData("""{"alg":"HS256","alg":"none","cty":"twilio-fpa;v=1"}""")]
    [InlineData("""{"alg":"\ud800","cty":"twilio-fpa;v=1"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256","cty":"jwt"}""")]
    [InlineData("[]")]
    [InlineData("no json")]
    public async Task A_header_that_is_not_Twilios_is_20102(string header) =>
        (await ReadAsync(header, "jti", "\"x\"")).Should().Be((null, 20102));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    public async Task What_is_no_token_is_refused(string text) =>
        (await ReadAsync(_ => text)).Refusal.Should().BeOneOf(20101, 20102);

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("!")]
    public async Task A_signature_that_is_none_opens_nothing(string signature) =>
        (await ReadAsync(key => Signed(key, Header, "jti", "\"x\"").Unsigned + "." + signature)).Should().Be((null, 20107));

    [Fact]
    public async Task A_restricted_key_signs_none() =>
        (await ReadAsync(_ =>
        {
            var key = _rest.Accounts.CreateKey(new(RestWorld.Account), new KeySpec { Kind = KeyKind.Restricted });
            return Signed(key, Header, "jti", "\"x\"").Whole;
        })).Should().Be((null, 20103));

    [Fact]
    public async Task A_key_signs_for_its_own_account_alone()
    {
        var other = await _rest.World.Loop.RunAsync(
            () =>
            {
                var account = _rest.Accounts.Create(new AccountSpec { FriendlyName = "Other" });
                return _rest.Accounts.CreateKey(account.Sid, new KeySpec());
            },
            CancellationToken.None);
        (await ReadAsync(_ => Signed(other, Header, "sub", $"\"{RestWorld.Account}\"").Whole)).Should().Be((null, 20103));
        (await ReadAsync(key => Signed(other, Header, "iss", $"\"{key.Sid}\"").Whole)).Should().Be((null, 20107));
    }

    private Task<(SdkToken? Opened, int? Refusal)> ReadAsync(string header, string claim, string value) =>
        ReadAsync(key => Signed(key, header, claim, value).Whole);

    private Task<(SdkToken? Opened, int? Refusal)> ReadAsync(Func<ApiKey, string> token) => _rest.World.Loop.RunAsync(
        () =>
        {
            var key = _rest.Accounts.CreateKey(new(RestWorld.Account), new KeySpec());
            return (_rest.Accounts.ReadSdkToken(token(key), out var refusal), refusal?.Code);
        },
        CancellationToken.None);

    private static (string Whole, string Unsigned) Signed(ApiKey key, string header, string claim, string value)
    {
        var claims = new JsonObject
        {
            ["iss"] = key.Sid,
            ["sub"] = RestWorld.Account,
            ["exp"] = 1767604200,
            ["grants"] = new JsonObject { ["identity"] = "ann", ["chat"] = new JsonObject { ["service_sid"] = Service } },
        };
        claims[claim] = JsonNode.Parse(value);
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}."
            + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()));
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Secret), Encoding.ASCII.GetBytes(text));
        return ($"{text}.{Base64Url.EncodeToString(signature)}", text);
    }

    private sealed class StandingWall : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
