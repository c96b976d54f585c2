using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Tests.Conversations;

/// <summary>The app is asked before REST changes conversations, and may change or refuse what is done.</summary>
public sealed class PreActionTests
{
    private const string Sender = "whatsapp:" + Talk.Number;
    private const string Ann = "+14155550199";

    private static readonly string[] Filters =
    [
        "onConversationAdd", "onConversationAdded", "onConversationUpdate", "onConversationUpdated", "onConversationRemove",
        "onConversationRemoved", "onMessageAdd", "onMessageAdded", "onMessageUpdate",
        "onMessageUpdated", "onMessageRemove", "onMessageRemoved", "onParticipantAdd", "onParticipantAdded", "onParticipantUpdate",
        "onParticipantUpdated", "onParticipantRemove", "onParticipantRemoved",
    ];

    [Fact]
    public async Task What_the_app_changes_is_what_is_kept_and_told()
    {
        await using var talk = await HookedAsync("{\"body\":\"softer\",\"author\":\"desk\",\"friendly_name\":\"Named\"}");
        var conversation = await talk.TellAsync("POST", "/v1/Conversations", "FriendlyName", "Mine");
        conversation["friendly_name"].Should().Be("Named");
        var said = await talk.TellAsync("POST", $"/v1/Conversations/{conversation["sid"]}/Messages", "Body", "hard", "Author", "ann");
        (said.Status, said["body"], said["author"]).Should().Be((201, "softer", "desk"));
        talk.Told("/pre", "EventType", "Body", "Source").Should().Equal("onConversationAdd - API", "onMessageAdd hard API");
        await talk.AdvanceAsync(TimeSpan.FromSeconds(1));
        talk.Told("/post", "EventType", "Body").Should().Equal("onConversationAdded -", "onMessageAdded softer");
    }

    [Fact]
    public async Task What_the_app_refuses_is_50056_and_leaves_nothing()
    {
        await using var talk = await HookedAsync("{}");
        var path = await talk.BeginAsync();
        talk.Rest.App.On("/pre", new AppAnswer(403, "text/plain", "no"));
        foreach (var (method, below, pairs) in new (string, string, string[])[]
        {
            ("POST", "/Messages", ["Body", "hi"]), ("POST", "/Participants", ["Identity", "ann"]), ("POST", "", ["FriendlyName", "x"]),
            ("DELETE", "", []),
        })
        {
            var answer = await talk.TellAsync(method, path + below, pairs);
            (answer.Status, answer.Code).Should().Be((403, 50056), $"{method} {below}");
        }
        (await talk.TellAsync("POST", "/v1/Conversations", "FriendlyName", "x")).Code.Should().Be(50056);
        (await talk.GetAsync($"{path}/Messages")).Json.GetProperty("messages").GetArrayLength().Should().Be(0);
        (await talk.GetAsync("/v1/Conversations")).Json.GetProperty("conversations").GetArrayLength().Should().Be(1);
        talk.Told("/post", "EventType").Should().BeEmpty();
    }

    [Fact]
    public async Task Without_the_header_nobody_is_asked()
    {
        await using var talk = await HookedAsync("{\"body\":\"softer\"}");
        var path = await talk.BeginAsync();
        (await talk.PostAsync($"{path}/Messages", "Body", "hard"))["body"].Should().Be("hard");
        talk.Told("/pre", "EventType").Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_is_404_and_nobody_is_asked()
    {
        await using var talk = await HookedAsync("{}");
        (await talk.TellAsync("POST", "/v1/Conversations/CH00000000000000000000000000000000/Messages", "Body", "x")).Status
            .Should().Be(404);
        talk.Told("/pre", "EventType").Should().BeEmpty();
    }

    [Fact]
    public async Task A_bad_change_is_the_callers_error()
    {
        await using var talk = await HookedAsync("{\"attributes\":\"no json\"}");
        var path = await talk.BeginAsync();
        (await talk.TellAsync("POST", $"{path}/Messages", "Body", "x")).Code.Should().Be(50304);
    }

    [Fact]
    public async Task Changes_and_removals_of_messages_and_people_are_asked_and_told()
    {
        await using var talk = await HookedAsync("{}");
        var path = await talk.BeginAsync();
        var message = (await talk.PostAsync($"{path}/Messages", "Body", "x"))["sid"];
        var person = (await talk.PostAsync($"{path}/Participants", "Identity", "ann"))["sid"];
        (await talk.TellAsync("POST", $"{path}/Messages/{message}", "Body", "y")).Status.Should().Be(200);
        (await talk.TellAsync("POST", $"{path}/Participants/{person}", "Attributes", "{\"a\":1}")).Status.Should().Be(200);
        (await talk.TellAsync("DELETE", $"{path}/Messages/{message}")).Status.Should().Be(204);
        (await talk.TellAsync("DELETE", $"{path}/Participants/{person}")).Status.Should().Be(204);
        await talk.AdvanceAsync(TimeSpan.FromSeconds(1));
        talk.Told("/pre", "EventType").Should().Equal("onMessageUpdate", "onParticipantUpdate", "onMessageRemove", "onParticipantRemove");
        talk.Told("/post", "EventType")
            .Should().Equal("onMessageUpdated", "onParticipantUpdated", "onMessageRemoved", "onParticipantRemoved");
    }

    [Fact]
    public async Task A_webhook_that_comes_late_is_told_what_was_said_from_an_index_on()
    {
        await using var talk = await HookedAsync("{}");
        talk.Rest.App.On("/late", FakeApp.Empty);
        var path = await talk.BeginAsync();
        foreach (var body in (string[])["one", "two", "three"]) await talk.PostAsync($"{path}/Messages", "Body", body);
        await talk.PostAsync(
            $"{path}/Webhooks", "Target", "webhook", "Configuration.Url", "http://app/late", "Configuration.Filters", "onMessageAdded",
            "Configuration.ReplayAfter", "1");
        await talk.AdvanceAsync(TimeSpan.FromSeconds(1));
        talk.Told("/late", "EventType", "Index", "Body").Should().Equal("onMessageAdded 1 two", "onMessageAdded 2 three");
    }

    [Fact]
    public async Task A_flow_of_studio_is_warned_of()
    {
        await using var talk = await HookedAsync("{}");
        var path = await talk.BeginAsync();
        await talk.PostAsync($"{path}/Webhooks", "Target", "studio", "Configuration.FlowSid", "FW00000000000000000000000000000000");
        (await talk.Rest.EntriesAsync("warning")).Should().ContainSingle().Which.ToJson().Should().Contain("Studio");
    }

    [Fact]
    public async Task A_template_is_said_to_every_phone_in_its_channels_words()
    {
        await using var talk = await HookedAsync("{}");
        var template = await talk.Rest.SendAsync(
            "POST", "/v1/Content",
            """{"friendly_name":"x","language":"en","variables":{"1":"you"},"types":{"twilio/text":{"body":"Hi {{1}}, all"}}}""",
            "application/json", host: "content.twilio.com");
        var path = await talk.BeginAsync();
        await talk.PostAsync($"{path}/Participants", "MessagingBinding.Address", Ann, "MessagingBinding.ProxyAddress", Talk.Number);
        (await talk.PostAsync($"{path}/Messages", "ContentVariables", "{}")).Code.Should().Be(50528);
        (await talk.PostAsync($"{path}/Messages", "ContentSid", "HX00000000000000000000000000000000")).Code.Should().Be(50526);
        (await talk.PostAsync($"{path}/Messages", "ContentSid", template["sid"]!, "ContentVariables", "no")).Code.Should().Be(50527);
        (await talk.PostAsync($"{path}/Messages", "ContentSid", template["sid"]!, "ContentVariables", "{\"1\":\"Ann\"}")).Status
            .Should().Be(201);
        (await talk.ReceivedAsync(Ann)).Should().Equal($"{Talk.Number} Hi Ann, all");
    }

    [Fact]
    public async Task Somebody_on_whatsapp_takes_part_and_an_address_there_opens_conversations()
    {
        await using var talk = await HookedAsync("{}");
        await AddSenderAsync(talk);
        (await talk.PostAsync("/v1/Configuration/Addresses", "Type", "whatsapp", "Address", Sender, "AutoCreation.Enabled", "true")).Status
            .Should().Be(201);
        await talk.Rest.World.Loop.RunAsync(() => talk.Rest.Handsets.Text(Ann, Sender, "hello", []), CancellationToken.None);
        await talk.AdvanceAsync(TimeSpan.FromSeconds(2));
        talk.Told("/post", "EventType", "Source", "MessagingBinding.Type")
            .Should().Equal("onConversationAdded WHATSAPP -", "onParticipantAdded WHATSAPP WHATSAPP", "onMessageAdded WHATSAPP -");
        var opened = (await talk.GetAsync("/v1/Conversations")).Json.GetProperty("conversations")[0].GetProperty("sid");
        (await talk.PostAsync($"/v1/Conversations/{opened}/Messages", "Body", "welcome")).Status.Should().Be(201);
        (await talk.ReceivedAsync(Ann)).Should().Equal($"{Sender} welcome");
    }

    /// <remarks>twilio.com/en-us/changelog, "WhatsApp BSUID Format in Conversations and Webhook Fields".</remarks>
    [Fact]
    public async Task Somebody_who_hides_the_number_takes_part_by_their_id()
    {
        await using var talk = await HookedAsync("{}");
        await AddSenderAsync(talk);
        await talk.Rest.World.Loop.RunAsync(
            () => talk.Rest.Handsets.Configure(Ann, new HandsetBehaviour { UserName = "ann.lee_7" }), CancellationToken.None);
        await talk.PostAsync("/v1/Configuration/Addresses", "Type", "whatsapp", "Address", Sender, "AutoCreation.Enabled", "true");
        await talk.Rest.World.Loop.RunAsync(() => talk.Rest.Handsets.Text(Ann, Sender, "hello", []), CancellationToken.None);
        await talk.AdvanceAsync(TimeSpan.FromSeconds(2));
        var id = talk.Told("/post", "MessagingBinding.Address").First(told => told != "-");
        id.Should().MatchRegex("^whatsapp:US\\.[0-9]{16}$");
        talk.Told("/post", "EventType", "Author").Should().Contain($"onMessageAdded {id}");
        var opened = (await talk.GetAsync("/v1/Conversations")).Json.GetProperty("conversations")[0].GetProperty("sid");
        (await talk.PostAsync($"/v1/Conversations/{opened}/Messages", "Body", "welcome")).Status.Should().Be(201);
        (await talk.ReceivedAsync(Ann)).Should().Equal($"{Sender} welcome");
        await talk.Rest.World.Loop.RunAsync(() => talk.Rest.Handsets.Text(Ann, Sender, "thanks", []), CancellationToken.None);
        await talk.AdvanceAsync(TimeSpan.FromSeconds(2));
        (await talk.GetAsync("/v1/Conversations")).Json.GetProperty("conversations").GetArrayLength()
            .Should().Be(1, "the same person speaks in the same conversation");
        // Added by hand, as an app does who was told the id elsewhere.
        var second = await talk.PostAsync("/v1/Conversations");
        (await talk.PostAsync(
            $"/v1/Conversations/{second["sid"]}/Participants", "MessagingBinding.Address", "whatsapp:GB.4566546130240823",
            "MessagingBinding.ProxyAddress", Sender)).Status.Should().Be(201);
        (await talk.PostAsync(
            $"/v1/Conversations/{second["sid"]}/Participants", "MessagingBinding.Address", "whatsapp:ann.lee_7",
            "MessagingBinding.ProxyAddress", Sender)).Code.Should().Be(50407);
    }

    private static Task AddSenderAsync(Talk talk) => talk.Rest.World.Loop.RunAsync(
        () =>
        {
            using var json = JsonDocument.Parse(
                $$"""{"sid":"XE00000000000000000000000000000001","status":"ONLINE","sender_id":"{{Sender}}"}""");
            talk.Rest.Door.PutResource(
                AccountBook.DefaultSid, "messaging", "/v2/Channels/Senders/XE00000000000000000000000000000001", json.RootElement)
                    .Should().BeNull();
        },
        CancellationToken.None);

    private static async Task<Talk> HookedAsync(string answer)
    {
        var talk = new Talk();
        talk.Rest.App.On("/pre", new AppAnswer(200, "application/json", answer)).On("/post", FakeApp.Empty);
        (await talk.PostAsync(
            "/v1/Configuration/Webhooks", ["PreWebhookUrl", "http://app/pre", "PostWebhookUrl", "http://app/post",
                .. Filters.SelectMany(f => (string[])["Filters", f])])).Status.Should().Be(200);
        return talk;
    }
}
