using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Rest.Tests.Pipeline;

/// <summary>Paths that lead nowhere by a slip: the answer is the live service's, and beside it stands what was meant.</summary>
public sealed class LostPathTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Theory]
    [InlineData(
        "//2010-04-01/Accounts/AC1/Messages.json", "/2010-04-01/Accounts/AC1/Messages.json is there: a slash stands twice, or at the end")]
    [InlineData("/2010-04-01/Accounts/AC1/Messages.json/", "/2010-04-01/Accounts/AC1/Messages.json is there: a slash")]
    [InlineData("//verify/v2/Services", "/verify/v2/Services is there: a slash")]
    [InlineData("/2010-04-01/accounts/AC1/messages.json", "/2010-04-01/Accounts/AC1/Messages.json is there: names are as documented")]
    [InlineData(
        "/2010-04-01/Accounts/AC1/SMS/Messages.json", "/2010-04-01/Accounts/AC1/Messages.json is there: SMS/Messages is the address that")]
    [InlineData("/2010-04-01/Accounts/AC1/SMS/Messages/SM1", "/2010-04-01/Accounts/AC1/Messages/SM1 is there: SMS/Messages is")]
    [InlineData("/2010-04-01/Accounts/AC1/Message.json", "/2010-04-01/Accounts/AC1/Messages.json is there: names are as documented")]
    [InlineData("/2010-04-01/Accounts/AC1/Mesages.json", "/2010-04-01/Accounts/AC1/Messages.json is there: names are as documented")]
    [InlineData(
        "/2010-04-01/Accounts/AC1/Messagse/SM1.json", "/2010-04-01/Accounts/AC1/Messages/SM1.json is there: names are as documented")]
    [InlineData("/2010-04-10/Accounts/AC1/Calls.json", "/2010-04-01/Accounts/AC1/Calls.json is there: names are as documented")]
    [InlineData("/verify/v2/Servicez/VA1/Verifications", "/verify/v2/Services/VA1/Verifications is there: names are as documented")]
    [InlineData("/verify/v1/Services", "/verify/v2/Services is there: names are as documented")]
    [InlineData("/Accounts/AC1/Messages.json", "/2010-04-01/Accounts/AC1/Messages.json is there: the path begins with the version")]
    [InlineData("/Messages.json", "/2010-04-01/Accounts/{AccountSid}/Messages.json is there: the path begins with the version")]
    [InlineData(
        "/v2/PhoneNumbers/+14155550100",
        "/lookups/v2/PhoneNumbers/+14155550100, /routes/v2/PhoneNumbers/+14155550100 are there: products other than api follow in "
            + "the path")]
    [InlineData(
        "/2010-04-01/2010-04-01/Accounts/AC1/Messages.json", "/2010-04-01/Accounts/AC1/Messages.json is there: 2010-04-01 stands twice (")]
    [InlineData("/verify/v2/v2/Services", "/verify/v2/Services is there: v2 stands twice (a base URL ends without it)")]
    [InlineData("/_emu/handsets", "the control API's paths begin with /_emu/v1/")]
    public async Task A_path_that_misses_by_a_slip_is_told_what_was_meant(string path, string meant)
    {
        foreach (var method in new[] { "GET", "POST" })
        {
            var answer = await _rest.SendAsync(method, path, null, null, host: "127.0.0.1");
            answer.Status.Should().Be(404);
            answer.Body.Should().Contain("20404").And.NotContain("is there");
            answer.Headers["TwilioEmu-Warning"].ToString().Should().StartWith(meant);
        }
        (await _rest.EntriesAsync("request.refused")).Should().HaveCount(2).And.AllSatisfy(e => e.ToJson().Should().Contain("\"cure\""));
    }

    [Fact]
    public async Task A_deed_upon_what_a_live_account_has_is_told_that_it_is_not_here()
    {
        const string Sid = "QU00000000000000000000000000000001";
        var changed = await _rest.PostAsync($"Queues/{Sid}.json", "FriendlyName", "x");
        changed.Code.Should().Be(20404);
        changed.Headers["TwilioEmu-Warning"].ToString()
            .Should().StartWith($"{Sid} is not in this world (any more): what a live account has is to be made here first");
        // Who only looks may well ask for what has gone.
        (await _rest.GetAsync($"Queues/{Sid}.json")).Headers.ContainsKey("TwilioEmu-Warning").Should().BeFalse();
    }

    [Theory]
    [InlineData("/favicon.ico")]
    [InlineData("/wp-login.php")]
    [InlineData("/")]
    public async Task What_nobody_meant_is_no_news(string path)
    {
        var answer = await _rest.SendAsync("GET", path, null, null, host: "127.0.0.1");
        answer.Status.Should().Be(404);
        answer.Headers.ContainsKey("TwilioEmu-Warning").Should().BeFalse();
        (await _rest.EntriesAsync("request.refused")).Should().BeEmpty();
    }
}
