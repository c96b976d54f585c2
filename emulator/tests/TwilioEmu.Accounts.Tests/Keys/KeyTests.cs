using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Keys;
using TwilioEmu.Accounts.Permissions;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.Keys;

/// <summary>twilio.com/docs/iam/api-keys.</summary>
public sealed class KeyTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_restricted_key_does_what_its_policy_allows_and_hears_which_permission_it_lacks()
    {
        var key = await RestrictedAsync("/twilio/voice/queues/read", "/twilio/voice/queues/create");

        var queue = await SendAsync(key, "POST", "Queues.json", "FriendlyName=q");
        (await SendAsync(key, "GET", $"Queues/{queue["sid"]}.json")).Status.Should().Be(200);
        var list = await SendAsync(key, "GET", "Queues.json");

        queue.Status.Should().Be(201);
        (list.Status, list.Code).Should().Be((401, 70051));
        list["message"].Should().Be("Authorization Error: actor doesn't have assertion '/twilio/voice/queues/list'");
    }

    [Fact]
    public async Task A_star_allows_every_action_of_a_resource_but_not_of_those_below_it()
    {
        var key = await RestrictedAsync("/twilio/voice/queues/*");

        var queue = await SendAsync(key, "POST", "Queues.json", "FriendlyName=q");
        (await SendAsync(key, "GET", "Queues.json")).Status.Should().Be(200);
        (await SendAsync(key, "GET", $"Queues/{queue["sid"]}/Members.json")).Code.Should().Be(70051);
    }

    [Fact]
    public async Task A_restricted_key_reaches_other_products_by_their_permissions()
    {
        var key = await RestrictedAsync("/twilio/verify/service/list");

        (await SendAsync(key, "GET", "/v2/Services", host: "verify.twilio.com")).Status.Should().Be(200);
        (await SendAsync(key, "GET", "/v1/Services", host: "messaging.twilio.com")).Code.Should().Be(70051);
        (await SendAsync(key, "GET", "/v1/Services", host: "sync.twilio.com")).Code.Should().Be(70051);
    }

    [Fact]
    public async Task With_permissions_for_keys_and_accounts_a_restricted_key_reaches_those()
    {
        var key = await RestrictedAsync("/twilio/iam/api-keys/create", "/twilio/iam/accounts/read");

        (await SendAsync(key, "POST", "Keys.json", "")).Status.Should().Be(201);
        (await SendAsync(key, "GET", $"/2010-04-01/Accounts/{RestWorld.Account}.json")).Status.Should().Be(200);
        (await SendAsync(key, "POST", "/2010-04-01/Accounts.json", "")).Code.Should().Be(70051);
    }

    [Fact]
    public async Task A_restricted_key_shows_its_policy_and_can_be_given_another()
    {
        var made = await IamAsync(
            "POST", "/v1/Keys",
            $"AccountSid={RestWorld.Account}&FriendlyName=ci&KeyType=restricted&Policy={Uri.EscapeDataString("""{"allow":["/twilio/messaging/messages/read"]}""")}");
        made.Status.Should().Be(201);
        made.Json.GetProperty("policy").GetProperty("allow")[0].GetString().Should().Be("/twilio/messaging/messages/read");
        made["date_created"].Should().EndWith("+0000");
        made["secret"].Should().HaveLength(32);

        var updated = await IamAsync(
            "POST", $"/v1/Keys/{made["sid"]}", "Policy=" + Uri.EscapeDataString("""{"allow":["/twilio/voice/calls/*"]}"""));

        updated.Status.Should().Be(200);
        updated.Json.TryGetProperty("secret", out _).Should().BeFalse();
        var fetched = await IamAsync("GET", $"/v1/Keys/{made["sid"]}");
        fetched.Json.GetProperty("policy").GetProperty("allow").EnumerateArray().Select(p => p.GetString())
            .Should().Equal("/twilio/voice/calls/*");
        (await IamAsync("DELETE", $"/v1/Keys/{made["sid"]}")).Status.Should().Be(204);
        (await IamAsync("GET", $"/v1/Keys/{made["sid"]}"))["message"]
            .Should().Be($"The requested resource /Keys/{made["sid"]} was not found");
    }

    [Theory]
    [InlineData(
        """{"allow":["/twilio/fakepermission/doesnotexist"]}""", 70002, "assertion '/twilio/fakepermission/doesnotexist' is invalid")]
    [InlineData("""{"allow":["/twilio/voice/calls/dial"]}""", 70002, "assertion '/twilio/voice/calls/dial' is invalid")]
    [InlineData("""{"allow":"/twilio/voice/calls/read"}""", 70002, null)]
    [InlineData("[]", 70002, null)]
    [InlineData("{", 70002, null)]
    [InlineData("", 70002, "Policy is required for a restricted key")]
    public async Task A_policy_that_is_none_is_refused(string policy, int code, string? message)
    {
        var answer = await IamAsync(
            "POST", "/v1/Keys", $"AccountSid={RestWorld.Account}&KeyType=restricted&Policy={Uri.EscapeDataString(policy)}");

        (answer.Status, answer.Code).Should().Be((400, code));
        if (message is not null) answer["message"].Should().Be(message);
    }

    [Fact]
    public async Task A_policy_has_a_hundred_permissions_and_no_more()
    {
        var hundred = Enumerable.Repeat("/twilio/voice/calls/read", 100);

        (await IamAsync("POST", "/v1/Keys", $"AccountSid={RestWorld.Account}&KeyType=restricted&Policy={Escaped(hundred)}")).Status
            .Should().Be(201);
        (await IamAsync(
            "POST", "/v1/Keys",
            $"AccountSid={RestWorld.Account}&KeyType=restricted&Policy={Escaped(hundred.Append("/twilio/voice/calls/read"))}")).Code
            .Should().Be(70001);

        static string Escaped(IEnumerable<string> allow) =>
            Uri.EscapeDataString($$"""{"allow":[{{string.Join(',', allow.Select(a => $"\"{a}\""))}}]}""");
    }

    [Fact]
    public async Task Standard_keys_of_both_apis_are_the_same_things()
    {
        var old = await _rest.PostAsync("Keys.json", "FriendlyName", "old");
        var made = await IamAsync("POST", "/v1/Keys", $"AccountSid={RestWorld.Account}&FriendlyName=new");

        var list = (await IamAsync("GET", $"/v1/Keys?AccountSid={RestWorld.Account}")).Json;

        made.Json.GetProperty("policy").ValueKind.Should().Be(JsonValueKind.Null);
        list.GetProperty("meta").GetProperty("key").GetString().Should().Be("keys");
        list.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("sid").GetString()).Should().Equal(made["sid"], old["sid"]);
        list.GetProperty("keys")[0].GetProperty("flags").EnumerateArray().Select(f => f.GetString()).Should().Equal("rest_api", "signing");
    }

    [Fact]
    public async Task The_older_api_makes_standard_keys_whatever_is_asked()
    {
        var made = await _rest.PostAsync("Keys.json", "KeyType", "restricted", "Policy", """{"allow":[]}""");

        (await IamAsync("GET", $"/v1/Keys/{made["sid"]}")).Json.GetProperty("policy").ValueKind.Should().Be(JsonValueKind.Null);
        made.Json.GetProperty("friendly_name").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task Keys_are_managed_by_their_account_and_its_parent_only()
    {
        var sub = await _rest.PostAsync("/2010-04-01/Accounts.json");
        var made = await IamAsync("POST", "/v1/Keys", $"AccountSid={sub["sid"]}");
        var path = $"/v1/Keys/{made["sid"]}";

        made.Status.Should().Be(201);
        (await _rest.SendAsync("GET", path, null, null, sub["sid"], sub["auth_token"], "iam.twilio.com")).Status.Should().Be(200);
        var mine = await IamAsync("POST", "/v1/Keys", $"AccountSid={RestWorld.Account}");
        (await _rest.SendAsync("GET", $"/v1/Keys/{mine["sid"]}", null, null, sub["sid"], sub["auth_token"], "iam.twilio.com")).Code
            .Should().Be(20404);
        (await _rest.SendAsync(
            "GET", $"/v1/Keys?AccountSid={RestWorld.Account}", null, null, sub["sid"], sub["auth_token"], "iam.twilio.com")).Code
            .Should().Be(20003);
        (await _rest.SendAsync("GET", path, null, null, made["sid"], made["secret"], "iam.twilio.com")).Code.Should().Be(20003);
    }

    [Fact]
    public async Task A_main_key_does_what_the_token_does_but_for_subaccounts()
    {
        var key = await _rest.World.Loop.RunAsync(
            () => _rest.Accounts.CreateKey(AccountBook.DefaultSid, new KeySpec { Kind = KeyKind.Main }), default);
        var sub = await _rest.PostAsync("/2010-04-01/Accounts.json");

        (await _rest.GetAsync("Keys.json", key.Sid, key.Secret)).Status.Should().Be(200);
        (await _rest.GetAsync($"/2010-04-01/Accounts/{RestWorld.Account}.json", key.Sid, key.Secret)).Status.Should().Be(200);
        (await _rest.GetAsync($"/2010-04-01/Accounts/{sub["sid"]}/Balance.json", key.Sid, key.Secret)).Code.Should().Be(20003);
    }

    [Fact]
    public async Task Names_of_keys_have_sixty_four_characters()
    {
        (await _rest.PostAsync("Keys.json", "FriendlyName", new string('x', 64))).Status.Should().Be(201);
        (await _rest.PostAsync("Keys.json", "FriendlyName", new string('x', 65))).Code.Should().Be(70001);
        (await IamAsync("POST", "/v1/Keys", $"AccountSid={RestWorld.Account}&FriendlyName={new string('x', 65)}")).Code.Should().Be(70001);
    }

    [Theory]
    [InlineData("api_v2010", "CreateMessage", "/twilio/messaging/messages/create")]
    [InlineData("api_v2010", "FetchMedia", "/twilio/messaging/messages/read")]
    [InlineData("api_v2010", "ListAvailablePhoneNumberLocal", "/twilio/phone-numbers/available-numbers/list")]
    [InlineData("api_v2010", "UpdateIncomingPhoneNumber", "/twilio/phone-numbers/active-numbers/update")]
    [InlineData("api_v2010", "ListCallEvent", "/twilio/voice/request-inspector/read")]
    [InlineData("api_v2010", "FetchBalance", null)]
    [InlineData("verify_v2", "CreateVerificationCheck", "/twilio/verify/verification-check/create")]
    [InlineData("lookups_v2", "FetchPhoneNumber", "/twilio/lookup/phone-numbers/read")]
    [InlineData("studio_v2", "UpdateFlowValidate", "/twilio/studio/flows.validate/update")]
    [InlineData("iam_v1", "CreateOauthAppAccount", "/twilio/iam/account-oauth-apps/create")]
    [InlineData("sync_v1", "ListService", null)]
    public void Operations_have_the_permissions_the_docs_name(string document, string operation, string? permission)
    {
        Permission.Of(ApiCatalog.Open().Find(document)!.Find(operation)!).Should().Be(permission);
    }

    [Fact]
    public void Every_row_of_the_table_belongs_to_an_operation()
    {
        var catalog = ApiCatalog.Open();
        var asked = PermissionTable.Rows.Select(r => r.Document).Distinct()
            .SelectMany(d => catalog.Find(d)!.Operations).Select(Permission.Of).OfType<string>().ToHashSet();

        foreach (var (document, path, permission) in PermissionTable.Rows)
        {
            asked.Any(a => a == "/twilio/" + permission || a.StartsWith($"/twilio/{permission}/", StringComparison.Ordinal))
                .Should().BeTrue($"{document} {path} {permission}");
        }
    }

    private async Task<RestAnswer> RestrictedAsync(params string[] allow)
    {
        var policy = Uri.EscapeDataString($$"""{"allow":[{{string.Join(',', allow.Select(a => $"\"{a}\""))}}]}""");
        var made = await IamAsync("POST", "/v1/Keys", $"AccountSid={RestWorld.Account}&KeyType=restricted&Policy={policy}");
        made.Status.Should().Be(201, made.Body);
        return made;
    }

    private Task<RestAnswer> IamAsync(string method, string path, string? body = null) =>
        _rest.SendAsync(method, path, body, body is null ? null : "application/x-www-form-urlencoded", host: "iam.twilio.com");

    private Task<RestAnswer> SendAsync(RestAnswer key, string method, string path, string? body = null, string host = "api.twilio.com") =>
        _rest.SendAsync(method, path, body, body is null ? null : "application/x-www-form-urlencoded", key["sid"], key["secret"], host);
}
