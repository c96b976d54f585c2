using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Accounts.Tests.Numbers;

public sealed class DeactivationsTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task A_day_that_is_over_redirects_to_its_list_for_two_minutes()
    {
        var today = DateOnly.FromDateTime(_rest.World.Clock.GetUtcNow().UtcDateTime);
        var answer = await GetAsync($"/v1/Deactivations?Date={today.AddDays(-1):yyyy-MM-dd}");

        answer.Status.Should().Be(307);
        var link = new Uri(answer["redirect_to"]!);
        answer.Headers.Location.ToString().Should().Be(link.AbsoluteUri);
        var list = await GetAsync(link.PathAndQuery);
        list.Body.TrimEnd('\n').Split('\n')
            .Should().HaveCount(100).And.OnlyContain(n => n.StartsWith("+1", StringComparison.Ordinal) && n.Length == 12);
        (await GetAsync(link.PathAndQuery + "x")).Code.Should().Be(20404);

        await _rest.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(121));
        (await GetAsync(link.PathAndQuery)).Code.Should().Be(20404);
    }

    [Fact]
    public async Task A_day_that_is_not_over_has_no_list()
    {
        var today = DateOnly.FromDateTime(_rest.World.Clock.GetUtcNow().UtcDateTime);

        (await GetAsync($"/v1/Deactivations?Date={today:yyyy-MM-dd}")).Code.Should().Be(20404);
    }

    [Theory]
    [InlineData("/v1/Deactivations")]
    [InlineData("/v1/Deactivations?Date=yesterday")]
    public async Task A_date_must_be_given(string path)
    {
        (await GetAsync(path)).Code.Should().Be(20001);
    }

    private Task<RestAnswer> GetAsync(string path) => _rest.SendAsync("GET", path, null, null, host: "messaging.twilio.com");
}
