using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Rest.Tests.Paging;

public sealed class PagingTests : IAsyncDisposable
{
    private const string Queues = $"/2010-04-01/Accounts/{RestWorld.Account}/Queues.json";

    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task An_empty_list_has_zeros_and_nulls()
    {
        var answer = await _rest.GetAsync(Queues);

        answer.Body.Should().Be(
            $$"""{"first_page_uri":"{{Queues}}?PageSize=50&Page=0","end":0,"previous_page_uri":null,"queues":[],"uri":"{{Queues}}?PageSize=50&Page=0","page_size":50,"start":0,"next_page_uri":null,"page":0}""");
    }

    [Fact]
    public async Task Pages_follow_one_another_to_the_end_and_back()
    {
        await MakeAsync(5);

        var first = await _rest.GetAsync(Queues + "?PageSize=2");
        var second = await _rest.GetAsync(first["next_page_uri"]!);
        var third = await _rest.GetAsync(second["next_page_uri"]!);
        var back = await _rest.GetAsync(third["previous_page_uri"]!);

        Names(first).Should().Be("q4 q3");
        first["next_page_uri"].Should().MatchRegex(@"\?PageSize=2&Page=1&PageToken=PAQU[0-9a-f]{32}$");
        Names(second).Should().Be("q2 q1");
        (second["start"], second["end"], second["page"]).Should().Be(("2", "3", "1"));
        Names(third).Should().Be("q0");
        third["next_page_uri"].Should().BeNull();
        Names(back).Should().Be("q2 q1");
    }

    [Fact]
    public async Task What_arrives_meanwhile_shifts_no_page()
    {
        await MakeAsync(4);
        var first = await _rest.GetAsync(Queues + "?PageSize=2");
        await MakeAsync(3);

        Names(await _rest.GetAsync(first["next_page_uri"]!)).Should().Be("q1 q0");
    }

    [Fact]
    public async Task Deleting_while_paging_neither_skips_nor_repeats()
    {
        await MakeAsync(6);
        var seen = new List<string>();
        for (string? next = Queues + "?PageSize=2"; next is not null;)
        {
            var page = await _rest.GetAsync(next);
            page.Status.Should().Be(200, page.Body);
            foreach (var queue in page.Json.GetProperty("queues").EnumerateArray())
            {
                seen.Add(queue.GetProperty("friendly_name").GetString()!);
                await _rest.DeleteAsync($"Queues/{queue.GetProperty("sid").GetString()}.json");
            }
            next = page["next_page_uri"];
        }

        string.Join(' ', seen).Should().Be("q5 q4 q3 q2 q1 q0");
    }

    [Fact]
    public async Task A_page_number_without_a_token_is_refused_but_for_the_first()
    {
        await MakeAsync(5);

        Names(await _rest.GetAsync(Queues + "?PageSize=2&Page=0")).Should().Be("q4 q3");
        var refused = await _rest.GetAsync(Queues + "?PageSize=2&Page=1");
        (refused.Status, refused.Code, refused["message"]).Should().Be((400, 20001, "PageToken is required for paging."));
        (await _rest.SendAsync("GET", "/v1/Trunks?Page=1", null, null, host: "trunking.twilio.com")).Code.Should().Be(20001);
        var next = (await _rest.GetAsync(Queues + "?PageSize=2"))["next_page_uri"]!;
        next.Should().Contain("Page=1");
        Names(await _rest.GetAsync(next)).Should().Be("q2 q1");
    }

    [Theory]
    [InlineData("PageSize=0", 20001, "Invalid PageSize.")]
    [InlineData("PageSize=-1", 20001, "Invalid PageSize.")]
    [InlineData("PageSize=ten", 20001, "Invalid PageSize.")]
    [InlineData("PageSize=", 20001, "Invalid PageSize.")]
    [InlineData("Page=x", 20001, "Invalid Page.")]
    [InlineData("PageToken=nonsense", 21481, "Invalid PageToken")]
    [InlineData("PageToken=PAQU00000000000000000000000000000000", 21481, "Invalid PageToken")]
    [InlineData("PageToken=PBQU00000000000000000000000000000000", 21481, "Invalid PageToken")]
    public async Task Bad_page_parameters_are_400(string query, int code, string message)
    {
        var answer = await _rest.GetAsync($"{Queues}?{query}");

        (answer.Status, answer.Code, answer["message"]).Should().Be((400, code, message));
    }

    [Fact]
    public async Task A_page_size_over_a_thousand_is_cut_to_it()
    {
        (await _rest.GetAsync(Queues + "?PageSize=5000"))["page_size"].Should().Be("1000");
    }

    [Fact]
    public async Task Filters_stand_before_the_page_in_every_link()
    {
        foreach (var _ in (int[])[1, 2]) await _rest.PostAsync("Applications.json", "FriendlyName", "a & b");

        var answer = await _rest.GetAsync("Applications.json?PageSize=1&FriendlyName=a%20%26%20b");

        answer["uri"].Should().EndWith("/Applications.json?FriendlyName=a%20%26%20b&PageSize=1&Page=0");
        answer["next_page_uri"].Should().Contain("?FriendlyName=a%20%26%20b&PageSize=1&Page=1&PageToken=PAAP");
    }

    private async Task MakeAsync(int count)
    {
        for (var i = 0; i < count; i++) await _rest.PostAsync("Queues.json", "FriendlyName", $"q{i}");
    }

    private static string Names(RestAnswer answer) =>
        string.Join(' ', answer.Json.GetProperty("queues").EnumerateArray().Select(q => q.GetProperty("friendly_name").GetString()));
}
