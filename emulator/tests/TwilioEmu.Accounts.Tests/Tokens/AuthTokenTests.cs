using TwilioEmu.Accounts.Directory;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.Tokens;

/// <summary>twilio.com/docs/iam/api/authtoken.</summary>
public sealed class AuthTokenTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task Both_tokens_open_the_door_and_the_primary_signs()
    {
        var made = await SendAsync("POST", "Secondary");

        made.Status.Should().Be(201);
        made["account_sid"].Should().Be(RestWorld.Account);
        made["url"].Should().Be("https://accounts.twilio.com/v1/AuthTokens/Secondary");
        made["date_created"].Should().Be("2026-01-05T09:00:00Z");
        (await _rest.GetAsync("Balance.json", password: made["secondary_auth_token"])).Status.Should().Be(200);
        (await _rest.GetAsync("Balance.json")).Status.Should().Be(200);
        (await SigningTokenAsync()).Should().Be(RestWorld.Token);
    }

    [Fact]
    public async Task Promotion_ends_the_old_token_at_once_and_signs_with_the_new()
    {
        var token = (await SendAsync("POST", "Secondary"))["secondary_auth_token"];

        var promoted = await SendAsync("POST", "Promote");

        (promoted.Status, promoted["auth_token"]).Should().Be((200, token));
        (await _rest.GetAsync("Balance.json")).Code.Should().Be(20003);
        (await _rest.GetAsync("Balance.json", password: token)).Status.Should().Be(200);
        (await SigningTokenAsync()).Should().Be(token);
        (await SendAsync("DELETE", "Secondary", token)).Code.Should().Be(20404);
    }

    [Fact]
    public async Task A_deleted_secondary_token_opens_nothing()
    {
        var token = (await SendAsync("POST", "Secondary"))["secondary_auth_token"];

        (await SendAsync("DELETE", "Secondary")).Status.Should().Be(204);

        (await _rest.GetAsync("Balance.json", password: token)).Code.Should().Be(20003);
        (await _rest.GetAsync("Balance.json")).Status.Should().Be(200);
    }

    [Fact]
    public async Task There_is_one_secondary_token_at_most_and_none_to_promote_without_it()
    {
        (await SendAsync("POST", "Promote"))["message"].Should().Be("The requested resource /AuthTokens/Promote was not found");
        (await SendAsync("DELETE", "Secondary")).Code.Should().Be(20404);
        await SendAsync("POST", "Secondary");

        var second = await SendAsync("POST", "Secondary");

        (second.Status, second.Code).Should().Be((400, 70002));
    }

    [Fact]
    public async Task A_standard_key_rotates_no_token()
    {
        var key = await _rest.PostAsync("Keys.json");

        (await _rest.SendAsync("POST", "/v1/AuthTokens/Secondary", null, null, key["sid"], key["secret"], "accounts.twilio.com")).Code
            .Should().Be(20003);
    }

    [Fact]
    public async Task Tokens_of_a_rotation_do_not_reach_the_journal()
    {
        var token = (await SendAsync("POST", "Secondary"))["secondary_auth_token"]!;
        await SendAsync("POST", "Promote");

        var lines = await _rest.World.Loop.RunAsync(() => _rest.World.Journal.After(0).Select(e => e.ToJson()).ToList(), default);

        string.Join('\n', lines).Should().NotContain(token);
    }

    private Task<string> SigningTokenAsync() => _rest.World.Loop.RunAsync(() => _rest.Accounts.TokenOf(AccountBook.DefaultSid), default);

    private Task<RestAnswer> SendAsync(string method, string what, string? token = RestWorld.Token) =>
        _rest.SendAsync(method, "/v1/AuthTokens/" + what, null, null, password: token, host: "accounts.twilio.com");
}
