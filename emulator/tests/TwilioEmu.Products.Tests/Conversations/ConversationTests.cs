namespace TwilioEmu.Products.Tests.Conversations;

/// <summary>twilio.com/docs/conversations/api/conversation-resource, /states-timers.</summary>
public sealed class ConversationTests : IAsyncDisposable
{
    private readonly Talk _talk = new();

    public ValueTask DisposeAsync() => _talk.DisposeAsync();

    private async Task<string?> StateAsync(string conversation) => (await _talk.GetAsync(conversation))["state"];

    [Fact]
    public async Task A_conversation_begins_active_without_attributes_or_timers()
    {
        var made = await _talk.PostAsync("/v1/Conversations");
        (made["state"], made["attributes"], made["timers"]).Should().Be(("active", "{}", "{}"));
    }

    [Fact]
    public async Task None_begins_closed() => (await _talk.PostAsync("/v1/Conversations", "State", "closed")).Code.Should().Be(50384);

    [Theory]
    [InlineData("", "FriendlyName", "x")]
    [InlineData("", "State", "active")]
    [InlineData("/Messages", "Body", "x")]
    [InlineData("/Participants", "Identity", "ann")]
    public async Task A_closed_conversation_takes_nothing_more(string below, string name, string value)
    {
        var conversation = await _talk.BeginAsync();
        (await _talk.PostAsync(conversation, "State", "closed"))["state"].Should().Be("closed");
        (await _talk.PostAsync(conversation + below, name, value)).Code.Should().Be(50377);
        (await _talk.DeleteAsync(conversation)).Status.Should().Be(204);
    }

    [Theory]
    [InlineData("{", 50304)]
    [InlineData("tea", 50304)]
    [InlineData("""{"topic":"tea"}""", null)]
    [InlineData("", null)]
    public async Task Attributes_are_json(string attributes, int? code)
    {
        var conversation = await _talk.BeginAsync();
        var participant = conversation
            + "/Participants/" + (await _talk.PostAsync(conversation + "/Participants", "Identity", "ann"))["sid"];
        var message = conversation + "/Messages/" + (await _talk.PostAsync(conversation + "/Messages", "Body", "x"))["sid"];
        string[] made = ["/v1/Conversations", conversation
            + "/Participants", conversation + "/Messages", conversation, participant, message, "/v1/Users/ann"];
        foreach (var path in made)
        {
            string[] who = path.EndsWith("/Participants", StringComparison.Ordinal) ? ["Identity", "cy"]
                : path.EndsWith("/Messages", StringComparison.Ordinal) ? ["Body", "y"]
                : [];
            var answer = await _talk.PostAsync(path, ["Attributes", attributes, .. who]);
            if (code is null) answer.Status.Should().BeInRange(200, 201);
            else answer.Code.Should().Be(code);
        }
        (await _talk.PostAsync("/v1/Users", "Identity", "bob", "Attributes", attributes)).Status.Should().Be(code is null ? 201 : 400);
    }

    [Theory]
    [InlineData("/v1/Conversations", "", 16)]
    [InlineData("/v1/Users", "Identity=bob", 16)]
    [InlineData("{c}/Participants", "Identity=bob", 4)]
    [InlineData("{c}/Messages", "Body=x", 4)]
    [InlineData("{c}", "", 16)]
    [InlineData("/v1/Users/ann", "", 16)]
    [InlineData("{c}/Participants/ann", "", 4)]
    public async Task Attributes_have_an_end_by_what_they_are_of(string path, string with, int kilobytes)
    {
        var conversation = await _talk.BeginAsync();
        await _talk.PostAsync(conversation + "/Participants", "Identity", "ann");
        foreach (var (length, isRefused) in new[] { (kilobytes * 1024, false), ((kilobytes * 1024) + 1, true) })
        {
            string[] pairs = ["Attributes", "\"" + new string('x', length - 2) + "\"", .. with.Length == 0 ? [] : with.Split('=')];
            var answer = await _talk.PostAsync(path.Replace("{c}", conversation, StringComparison.Ordinal), pairs);
            if (isRefused) (answer.Status, answer.Code).Should().Be((400, 50303));
            else answer.Status.Should().BeInRange(200, 201);
            if (with.StartsWith("Identity", StringComparison.Ordinal)) with = "Identity=cy";
        }
    }

    [Theory]
    [InlineData("Timers.Inactive", "PT59S", 50375)]
    [InlineData("Timers.Inactive", "soon", 50379)]
    [InlineData("Timers.Inactive", "P9999Y", 50379)]
    [InlineData("Timers.Closed", "PT9M59S", 50376)]
    [InlineData("Timers.Closed", "later", 50380)]
    public async Task Timers_are_long_enough(string name, string value, int code) =>
        (await _talk.PostAsync("/v1/Conversations", name, value)).Code.Should().Be(code);

    [Fact]
    public async Task Timers_make_a_silent_conversation_inactive_and_then_closed()
    {
        var conversation = await _talk.BeginAsync("Timers.Inactive", "PT1M", "Timers.Closed", "PT10M");
        (await _talk.GetAsync(conversation)).Json.GetProperty("timers").ToString()
            .Should().Be("""{"date_inactive":"2026-01-05T09:01:00Z","date_closed":"2026-01-05T09:10:00Z"}""");
        await _talk.AdvanceAsync(TimeSpan.FromSeconds(59));
        (await StateAsync(conversation)).Should().Be("active");
        await _talk.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await StateAsync(conversation)).Should().Be("inactive");
        await _talk.AdvanceAsync(TimeSpan.FromMinutes(9));
        (await _talk.EachAsync("/v1/Conversations?State=closed", "conversations", "timers")).Should().Be("{}");
        (await _talk.PostAsync(conversation + "/Messages", "Body", "late")).Code.Should().Be(50377);
    }

    [Fact]
    public async Task The_webhook_hears_of_timers_at_their_instants_though_nobody_looks()
    {
        _talk.Rest.App.On("/post", TwilioEmu.Testing.Apps.FakeApp.Empty);
        await _talk.PostAsync("/v1/Configuration/Webhooks", "PostWebhookUrl", "http://app/post", "Filters", "onConversationStateUpdated");
        await _talk.BeginAsync("Timers.Inactive", "PT1M", "Timers.Closed", "PT10M");
        await _talk.AdvanceAsync(TimeSpan.FromHours(1));
        _talk.Told("/post", "StateFrom", "StateTo", "Reason", "StateUpdated").Should().Equal(
            "active inactive TIMER 2026-01-05T09:01:00.000Z", "inactive closed TIMER 2026-01-05T09:10:00.000Z");
    }

    [Fact]
    public async Task A_message_wakes_a_conversation_and_its_timers_begin_anew()
    {
        var conversation = await _talk.BeginAsync("Timers.Inactive", "PT1M");
        await _talk.AdvanceAsync(TimeSpan.FromMinutes(5));
        (await StateAsync(conversation)).Should().Be("inactive");
        await _talk.PostAsync(conversation + "/Messages", "Body", "hello");
        (await StateAsync(conversation)).Should().Be("active");
        await _talk.AdvanceAsync(TimeSpan.FromSeconds(59));
        (await StateAsync(conversation)).Should().Be("active");
        await _talk.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await StateAsync(conversation)).Should().Be("inactive");
    }

    [Fact]
    public async Task Shorter_timers_rule_at_once_and_empty_ones_never()
    {
        var (shorter, none) = (await _talk.BeginAsync("Timers.Inactive", "PT1H"), await _talk.BeginAsync("Timers.Inactive", "PT1H"));
        await _talk.PostAsync(shorter, "Timers.Inactive", "PT1M");
        await _talk.PostAsync(none, "Timers.Inactive", "");
        await _talk.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await StateAsync(shorter)).Should().Be("inactive");
        await _talk.AdvanceAsync(TimeSpan.FromHours(2));
        (await StateAsync(none)).Should().Be("active");
    }

    [Fact]
    public async Task The_accounts_timers_are_every_conversations()
    {
        await _talk.PostAsync("/v1/Configuration", "DefaultInactiveTimer", "PT1M");
        var conversation = await _talk.BeginAsync();
        await _talk.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await StateAsync(conversation)).Should().Be("inactive");
    }
}
