using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.OAuth;
using TwilioEmu.Accounts.Permissions;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.OAuth;

/// <summary>twilio.com/docs/iam/oauth-apps.</summary>
public sealed class OAuthTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Theory]
    [InlineData("oauth.twilio.com", "/v2/token", 200, "client_id", "client_secret", "grant_type")]
    [InlineData("oauth.twilio.com", "/v1/token", 201, "ClientId", "ClientSecret", "GrantType")]
    [InlineData("oauth.twilio.com", "/v1/token", 201, "client_id", "client_secret", "grant_type")]
    [InlineData("iam.twilio.com", "/v1/token", 201, "client_id", "client_secret", "grant_type")]
    [InlineData("preview-iam.twilio.com", "/v1/token", 201, "client_id", "client_secret", "grant_type")]
    public async Task Id_and_secret_get_a_token_without_any_other_credentials(
        string host, string path, int status, string id, string secret, string grant)
    {
        var app = await AppAsync();

        var answer = await PostAsync(host, path, $"{id}={app.Sid}&{secret}={app.Secret}&{grant}=client_credentials");

        answer.Status.Should().Be(status, answer.Body);
        answer["token_type"].Should().Be("Bearer");
        answer.Json.GetProperty("expires_in").GetInt32().Should().Be(3600);
        answer.Json.GetProperty("refresh_token").ValueKind.Should().Be(JsonValueKind.Null);
        var claims = Claims(answer["access_token"]!);
        claims.GetProperty("exp").GetInt64().Should().Be(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds());
        claims.GetProperty("act").GetProperty("sub").GetString().Should().Be(RestWorld.Account);
        claims.GetProperty("sub").GetString().Should().Be(app.Sid);
    }

    [Theory]
    [InlineData("client_secret=s&grant_type=client_credentials", 400, 321402)]
    [InlineData("client_id=&client_secret=s&grant_type=client_credentials", 400, 321402)]
    [InlineData("client_id=OQ1&client_secret=s", 400, 321403)]
    [InlineData("client_id=OQ1&client_secret=s&grant_type=password", 400, 321403)]
    [InlineData("client_id=OQ1&client_secret=s&grant_type=authorization_code&code=1", 400, 321403)]
    [InlineData("client_id=OQ1&grant_type=client_credentials", 401, 321401)]
    [InlineData("client_id=OQ1&client_secret=s&grant_type=client_credentials", 401, 322402)]
    public async Task A_token_that_cannot_be_given_has_its_code(string body, int status, int code)
    {
        foreach (var path in new[] { "/v1/token", "/v2/token" })
        {
            var answer = await PostAsync("oauth.twilio.com", path, body);
            (answer.Status, answer.Code).Should().Be((status, code), path);
        }
    }

    [Fact]
    public async Task A_token_opens_what_its_app_may_do()
    {
        var token = await TokenAsync(await AppAsync("/twilio/voice/queues/*"));

        (await BearerAsync(token, "Queues.json")).Status.Should().Be(200);
        var refused = await BearerAsync(token, "Recordings.json");
        (refused.Status, refused.Code).Should().Be((401, 70051));
    }

    [Fact]
    public async Task An_app_without_permissions_opens_nothing_in_the_words_observed()
    {
        var token = await TokenAsync(await AppAsync([]));

        (await BearerAsync(token, "Queues.json"))["message"].Should().Be("Authorization Error: actor doesn't have any assertions");
    }

    [Fact]
    public async Task A_token_opens_its_own_account_only()
    {
        var sub = await _rest.PostAsync("/2010-04-01/Accounts.json");
        var app = await AppAsync("/twilio/voice/queues/*");

        (await BearerAsync(await TokenAsync(app), $"/2010-04-01/Accounts/{sub["sid"]}/Queues.json")).Code.Should().Be(70051);
        var onBehalf = await TokenAsync(app, $"?account_sid={sub["sid"]}");
        (await BearerAsync(onBehalf, $"/2010-04-01/Accounts/{sub["sid"]}/Queues.json")).Status.Should().Be(200);
        (await PostAsync("oauth.twilio.com", "/v2/token?account_sid=AC99999999999999999999999999999999", Grant(app))).Code
            .Should().Be(70051);
    }

    [Fact]
    public async Task A_token_dies_at_its_hour_by_the_worlds_clock()
    {
        var token = await TokenAsync(await AppAsync("/twilio/voice/queues/*"));
        await _rest.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(3599));
        (await BearerAsync(token, "Queues.json")).Status.Should().Be(200);

        await _rest.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        var late = await BearerAsync(token, "Queues.json");
        (late.Status, late.Code).Should().Be((401, 20104));
        late.Headers.WWWAuthenticate.ToString().Should().Be("Basic realm=\"Twilio API\"");
    }

    [Fact]
    public async Task A_token_that_was_tampered_with_or_is_none_opens_nothing()
    {
        var token = await TokenAsync(await AppAsync("/twilio/voice/queues/*"));
        var parts = token.Split('.');
        var none = Base64Url.EncodeToString("""{"alg":"none"}"""u8);

        (await BearerAsync("nonsense", "Queues.json")).Code.Should().Be(20101);
        (await BearerAsync($"{none}.{parts[1]}.", "Queues.json")).Code.Should().Be(20102);
        (await BearerAsync($"{parts[0]}.{parts[1]}x.{parts[2]}", "Queues.json")).Code.Should().Be(20107);
        (await BearerAsync($"{parts[0]}.{parts[1]}.", "Queues.json")).Code.Should().Be(20107);
        (await BearerAsync(new string('x', 9000), "Queues.json")).Code.Should().Be(20003);
    }

    [Fact]
    public async Task A_token_of_another_world_has_a_foreign_signature()
    {
        var token = await TokenAsync(await AppAsync("/twilio/voice/queues/*"));
        await using var other = new RestWorld(new Kernel.World(new Kernel.WorldOptions
        {
            Clock = new Kernel.Time.ClockMode.Manual(),
            Start = Kernel.WorldOptions.StoryStart,
            Seed = 2,
        }));

        (await other.SendAsync("GET", "Queues.json", null, null, bearer: token)).Code.Should().Be(20107);
    }

    [Fact]
    public async Task With_its_app_gone_or_its_account_closed_a_token_opens_nothing()
    {
        var app = await AppAsync("/twilio/voice/queues/*");
        var token = await TokenAsync(app);

        (await AskAsync("DeleteOauthAppAccount", "", app.Sid)).Should().BeOfType<Answer.NoContent>();

        (await BearerAsync(token, "Queues.json")).Code.Should().Be(20103);
        (await PostAsync("oauth.twilio.com", "/v2/token", Grant(app))).Code.Should().Be(322402);
    }

    [Fact]
    public async Task An_app_is_made_with_a_secret_that_is_shown_once()
    {
        var made = await FaceAsync(
            "CreateOauthAppAccount",
            """{"friendly_name":"CI","policy":{"allow":["/twilio/voice/queues/list"],"deny":["/twilio/voice/calls/*"]},"access_token_ttl":60}""");
        var (sid, secret) = (made.GetProperty("sid").GetString()!, made.GetProperty("secret").GetString()!);

        sid.Should().MatchRegex("^OQ[a-zA-Z0-9]{32}$");
        secret.Should().HaveLength(64);
        made.GetProperty("status").GetString().Should().Be("ACTIVE");
        var token = await PostAsync(
            "oauth.twilio.com", "/v2/token", $"client_id={sid}&client_secret={secret}&grant_type=client_credentials");
        token.Json.GetProperty("expires_in").GetInt32().Should().Be(60);
        (await BearerAsync(token["access_token"]!, "Queues.json")).Status.Should().Be(200);

        var updated = await FaceAsync(
            "UpdateOauthAppAccount", """{"friendly_name":"CD","policy":{"allow":["/twilio/voice/recordings/list"]}}""", sid);

        updated.GetProperty("friendly_name").GetString().Should().Be("CD");
        updated.GetProperty("secret").ValueKind.Should().Be(JsonValueKind.Null);
        updated.GetProperty("access_token_ttl").GetInt32().Should().Be(60);
        (await BearerAsync(token["access_token"]!, "Queues.json")).Code.Should().Be(70051);
    }

    [Theory]
    [InlineData("""[]""", 70002)]
    [InlineData("""{}""", 70002)]
    [InlineData("""{"friendly_name":"x","policy":{"allow":["/twilio/no/such"]}}""", 70002)]
    [InlineData("""{"friendly_name":"x","access_token_ttl":59}""", 70001)]
    [InlineData("""{"friendly_name":"x","access_token_ttl":2592001}""", 70001)]
    [InlineData("""{"friendly_name":"x","owner_sid":"AC99999999999999999999999999999999"}""", 70002)]
    [InlineData("""{"friendly_name":"x","client_sid":"OQ1"}""", 70002)]
    public async Task An_app_that_cannot_be_is_refused(string body, int code)
    {
        (await AskAsync("CreateOauthAppAccount", body, null)).Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(code);
    }

    [Fact]
    public async Task Authorize_redirects_to_the_page_of_consent_with_what_was_asked()
    {
        var answer = await _rest.SendAsync(
            "GET", "/v2/authorize?response_type=code&client_id=OQ1&state=x%26y", null, null, user: null, host: "oauth.twilio.com");

        answer.Status.Should().Be(302);
        answer.Headers.Location.ToString().Should().Be("https://www.twilio.com/authorize?response_type=code&client_id=OQ1&state=x%26y");
        answer["redirect_to"].Should().Be(answer.Headers.Location.ToString());
        (await _rest.SendAsync("GET", "/v1/authorize?ClientId=OQ1", null, null, user: null, host: "oauth.twilio.com"))["redirect_to"]
            .Should().EndWith("?client_id=OQ1");
    }

    [Theory]
    [InlineData("preview-iam.twilio.com")]
    [InlineData("iam.twilio.com")]
    public async Task An_organization_is_open_to_access_tokens_and_to_nothing_else(string host)
    {
        const string Path = "/Organizations/OR00000000000000000000000000000001/Accounts";
        var app = await AppAsync();
        var issued = await PostAsync(host, "/v1/token", Grant(app));

        var byToken = await _rest.SendAsync("GET", Path, null, null, host: host, bearer: issued["access_token"]);
        byToken.Status.Should().Be(200, byToken.Body);
        byToken.Json.GetProperty("content").EnumerateArray().Single().GetProperty("account_sid").GetString().Should().Be(RestWorld.Account);

        var byPassword = await _rest.SendAsync("GET", Path, null, null, host: host);
        (byPassword.Status, byPassword.Code).Should().Be((401, 20003));
        byPassword["message"].Should().Contain("access tokens only");
        (await _rest.SendAsync("GET", Path, null, null, user: null, host: host)).Code.Should().Be(20003);

        await _rest.World.Clock.AdvanceAsync(TimeSpan.FromHours(1));
        (await _rest.SendAsync("GET", Path, null, null, host: host, bearer: issued["access_token"])).Code
            .Should().Be(20104, "it lives as long as issued[\"expires_in\"] says: an hour");
    }

    private Task<OAuthApp> AppAsync(params string[] allow) => _rest.World.Loop.RunAsync(
        () =>
            _rest.Accounts.OAuthApps.Create(
                AccountBook.DefaultSid, new OAuthAppSpec { FriendlyName = "app", Policy = new Policy(allow, []) }),
        default);

    private async Task<string> TokenAsync(OAuthApp app, string query = "") =>
        (await PostAsync("oauth.twilio.com", "/v2/token" + query, Grant(app)))["access_token"]!;

    private static string Grant(OAuthApp app) => $"client_id={app.Sid}&client_secret={app.Secret}&grant_type=client_credentials";

    private Task<RestAnswer> PostAsync(string host, string path, string body) =>
        _rest.SendAsync("POST", path, body, "application/x-www-form-urlencoded", user: null, host: host);

    private Task<RestAnswer> BearerAsync(string token, string path) => _rest.SendAsync("GET", path, null, null, bearer: token);

    private static JsonElement Claims(string token)
    {
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
        return json.RootElement.Clone();
    }

    /// <summary>Asks the behaviour itself: what bodies in JSON become is the pipeline's own affair.</summary>
    private Task<Answer> AskAsync(string operation, string body, string? sid) => _rest.World.Loop.RunAsync(
        () =>
        {
            using var json = JsonDocument.Parse(body.Length == 0 ? "{}" : body);
            return _rest.Accounts.Behaviours.Single(b => b.OperationId == "iam_v1/" + operation).Behaviour(new RestRequest
            {
                Operation = ApiCatalog.Open().Find("iam_v1")!.Find(operation)!,
                Principal = new Principal(AccountBook.DefaultSid, RestWorld.Account),
                Account = AccountBook.DefaultSid,
                Path = "/v1/Account/OAuthApps",
                PathValues = sid is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["sid"] = sid },
                Query = FormValues.Empty,
                Form = FormValues.Empty,
                Json = json.RootElement.Clone(),
                BaseUrl = "https://iam.twilio.com",
                Cause = 0,
            });
        },
        default);

    private async Task<JsonElement> FaceAsync(string operation, string body, string? sid = null)
    {
        var face = (await AskAsync(operation, body, sid)).Should().BeOfType<Answer.Resource>().Which.Face;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var property in ApiCatalog.Open().Find("iam_v1")!.Find(operation)!.Shape!.Properties)
            {
                json.WritePropertyName(property.Name);
                var before = json.BytesPending + json.BytesCommitted;
                face.WriteProperty(property.Name, new FaceWriter(json, usesRfc2822: false, "https://iam.twilio.com"));
                if (json.BytesPending + json.BytesCommitted == before) json.WriteNullValue();
            }
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
        return document.RootElement.Clone();
    }
}
