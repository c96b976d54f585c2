using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Traversal;

public sealed class TokensTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    [Fact]
    public async Task A_token_holds_credentials_for_every_relay()
    {
        var token = await _rest.PostAsync("Tokens.json");
        token.Status.Should().Be(201);
        token["ttl"].Should().Be("86400");
        token["username"].Should().MatchRegex("^[0-9a-f]{64}$");
        var servers = token.Json.GetProperty("ice_servers").EnumerateArray().ToList();
        servers[0].GetProperty("urls").GetString().Should().Be("stun:global.stun.twilio.com:3478");
        servers.Skip(1).Should().HaveCount(3).And.OnlyContain(s =>
            s.GetProperty("username").GetString() == token["username"] && s.GetProperty("credential").GetString() == token["password"]);
    }

    [Fact]
    public async Task No_two_tokens_are_alike()
    {
        var (one, two) = (await _rest.PostAsync("Tokens.json", "Ttl", "60"), await _rest.PostAsync("Tokens.json", "Ttl", "60"));
        one["ttl"].Should().Be("60");
        one["username"].Should().NotBe(two["username"]);
        one["password"].Should().NotBe(two["password"]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("86401")]
    [InlineData("soon")]
    public async Task A_token_lives_a_second_to_a_day(string life)
    {
        var refused = await _rest.PostAsync("Tokens.json", "Ttl", life);
        refused.Status.Should().Be(400);
        refused.Code.Should().Be(20001);
    }

    public ValueTask DisposeAsync() => _rest.DisposeAsync();
}
