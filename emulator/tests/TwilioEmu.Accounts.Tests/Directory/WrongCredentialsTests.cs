using TwilioEmu.Accounts.Directory;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.Directory;

/// <summary>
/// Credentials of a real account, of another run, of another account: Twilio's 401, and beside it which account there is.
/// </summary>
public sealed class WrongCredentialsTests : IAsyncDisposable
{
    private static readonly string Mine = "AC" + new string('f', 32);

    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_sid_this_world_does_not_have_is_told_which_it_has() =>
        (await CureAsync($"/2010-04-01/Accounts/{Mine}/Messages.json", Mine, "secret"))
            .Should().StartWith($"nobody here is called {Mine}; this world has {RestWorld.Account}")
            .And.Contain("TWILIO_ACCOUNT_SID")
            .And.NotContain("secret");

    [Fact]
    public async Task A_key_this_world_does_not_have_likewise() =>
        (await CureAsync("Messages.json", "SK" + new string('f', 32), "secret"))
            .Should().Contain($"this world has {RestWorld.Account}").And.Contain("api_keys:");

    [Fact]
    public async Task A_key_with_another_secret_or_of_another_account_is_told_so()
    {
        var made = System.Text.Json.JsonDocument.Parse(
            (await _rest.SendAsync(
                "POST", "Keys.json", "", "application/x-www-form-urlencoded", RestWorld.Account, RestWorld.Token)).Body).RootElement;
        var (sid, secret) = (made.GetProperty("sid").GetString()!, made.GetProperty("secret").GetString()!);

        (await CureAsync("Messages.json", sid, "wrong")).Should().StartWith($"the key {sid} has another secret").And.NotContain(secret);
        (await CureAsync($"/2010-04-01/Accounts/{Mine}/Messages.json", sid, secret))
            .Should().Be($"the path names the account {Mine}, the key is one of {RestWorld.Account}");
    }

    [Fact]
    public async Task A_wrong_token_is_told_and_the_right_one_is_not() =>
        (await CureAsync("Messages.json", RestWorld.Account, "secret"))
            .Should().StartWith($"the account {RestWorld.Account} has another auth token")
            .And.NotContain("secret")
            .And.NotContain($" {RestWorld.Token}");

    [Fact]
    public async Task A_path_that_names_another_account_than_the_credentials_is_told_both() =>
        (await CureAsync($"/2010-04-01/Accounts/{Mine}/Messages.json", RestWorld.Account, RestWorld.Token))
            .Should().Be($"the path names the account {Mine}, the credentials are those of {RestWorld.Account}");

    [Fact]
    public async Task No_credentials_at_all_is_told() =>
        (await CureAsync("Messages.json", null, null)).Should().StartWith("send the account's SID and auth token by HTTP Basic");

    /// <summary>Live accounts of years ago (media_auth: off); those of today answer 401 (bmlt-enabled/yap 1573).</summary>
    [Theory, InlineData(".mp3", true), InlineData(".wav", true), InlineData("", true), InlineData(".json", false)]
    public async Task The_sound_of_recordings_is_anybodys_where_the_account_has_it_so_and_what_is_told_of_them_is_not(string extension, bool isSound)
    {
        const string Open = "AC00000000000000000000000000000002";
        var spec = new AccountSpec { Sid = new(Open), AuthToken = "x", FriendlyName = "Open", OpensMedia = true };
        await _rest.World.Loop.RunAsync(() => _rest.Accounts.Create(spec), default);
        var path = $"Recordings/RE{new string('0', 32)}{extension}";
        (await _rest.SendAsync("GET", path, null, null, user: null)).Status.Should().Be(401);
        var answer = await _rest.SendAsync("GET", $"/2010-04-01/Accounts/{Open}/{path}", null, null, user: null);
        (answer.Status != 401).Should().Be(isSound, answer.Body);
    }

    private async Task<string> CureAsync(string path, string? user, string? password)
    {
        var answer = await _rest.SendAsync("POST", path, "To=x", "application/x-www-form-urlencoded", user, password);
        (answer.Status, answer.Code).Should().Be((401, 20003));
        answer.Body.Should().NotContain("this world");
        return answer.Headers["TwilioEmu-Warning"].ToString();
    }
}
