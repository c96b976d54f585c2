using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Tests.Conversations;

/// <summary>Conversations and phones: what is said goes out, what is texted comes in, receipts and webhooks tell of it.</summary>
public sealed class PhoneTests
{
    private const string Ann = "+14155550191";
    private const string Bob = "+14155550192";

    private static readonly string[] Filters =
    [
        "onMessageAdd", "onMessageAdded", "onConversationAdd", "onConversationAdded", "onParticipantAdded", "onDeliveryUpdated",
        "onConversationStateUpdated",
    ];

    [Fact]
    public async Task What_is_said_reaches_each_phone_from_its_proxy_and_not_its_author()
    {
        await using var talk = new Talk();
        var conversation = await BeginAsync(talk);
        await talk.PostAsync($"{conversation}/Messages", "Body", "hello both");
        (await talk.ReceivedAsync(Ann)).Should().Equal($"{Talk.Number} hello both");
        (await talk.ReceivedAsync(Bob)).Should().Equal($"{Talk.Number} hello both");

        await talk.PostAsync($"{conversation}/Messages", "Body", "from Ann", "Author", Ann);

        (await talk.ReceivedAsync(Ann)).Should().ContainSingle();
        (await talk.ReceivedAsync(Bob)).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_phones_own_picture_reaches_the_others()
    {
        await using var talk = new Talk();
        await BeginAsync(talk);
        await talk.Rest.World.Loop.RunAsync(
            () => talk.Rest.Handsets.Text(Ann, Talk.Number, "look", ["data:image/png;base64,iVBORw0KGgo="]), CancellationToken.None);
        await talk.ReceivedAsync(Bob);
        (await talk.Rest.World.Loop.RunAsync(() => talk.Rest.Handsets.Of(Bob).Received.Single().MediaUrls.Count, CancellationToken.None))
            .Should().Be(1);
        (await talk.Rest.EntriesAsync("alert")).Should().BeEmpty();
    }

    [Fact]
    public async Task Webhooks_tell_of_a_phones_picture_by_names_that_begin_with_capitals()
    {
        await using var talk = new Talk();
        await HookedAsync(talk);
        await talk.Rest.World.Loop.RunAsync(
            () => talk.Rest.Handsets.Text(Ann, Talk.Number, "look", ["data:image/png;base64,iVBORw0KGgo="]), CancellationToken.None);
        await talk.ReceivedAsync(Bob);
        foreach (var told in talk.Told("/pre", "EventType", "Media")
            .Concat(talk.Told("/post", "EventType", "Media")).Where(t => t.StartsWith("onMessageAdd", StringComparison.Ordinal)))
        {
            told.Should()
                .MatchRegex("""^onMessageAdd(ed)? \[\{"Sid":"ME[0-9a-f]{32}","Filename":null,"ContentType":"image/png","Size":8\}\]$""");
        }
        talk.Told("/post", "EventType").Should().Contain("onMessageAdded");
    }

    [Fact]
    public async Task A_text_to_a_shared_number_is_said_and_reaches_the_other_phone_and_the_numbers_own_webhook()
    {
        await using var talk = new Talk();
        var conversation = await BeginAsync(talk);
        await talk.TextAsync(Ann, "hi Bob");
        (await talk.ReceivedAsync(Bob)).Should().Equal($"{Talk.Number} hi Bob");
        (await talk.ReceivedAsync(Ann)).Should().BeEmpty();
        var said = (await talk.GetAsync($"{conversation}/Messages")).Json.GetProperty("messages")[0];
        (said.GetProperty("author").GetString(), said.GetProperty("body").GetString(), said.GetProperty("index").GetInt32())
            .Should().Be((Ann, "hi Bob", 0));
        said.GetProperty("participant_sid").GetString().Should().StartWith("MB");
        talk.Told("/sms", "From", "Body").Should().Equal($"{Ann} hi Bob");
    }

    [Fact]
    public async Task A_number_without_a_webhook_is_told_of_when_a_stranger_texts_it_and_not_when_a_conversation_has_the_text()
    {
        await using var talk = new Talk();
        await BeginAsync(talk);
        var numbers = (await talk.Rest.GetAsync("IncomingPhoneNumbers.json")).Json.GetProperty("incoming_phone_numbers");
        await talk.Rest.PostAsync($"IncomingPhoneNumbers/{numbers[0].GetProperty("sid").GetString()}.json", "SmsUrl", "");
        await talk.TextAsync(Ann, "hi Bob");
        (await talk.ReceivedAsync(Bob)).Should().ContainSingle();
        (await talk.Rest.EntriesAsync("warning")).Should().BeEmpty();
        await talk.TextAsync("+14155550188", "hi");
        (await talk.Rest.EntriesAsync("warning")).Should().ContainSingle().Which.ToJson().Should().Contain("no sms_url");
    }

    [Fact]
    public async Task Receipts_say_of_each_phone_what_became_of_it()
    {
        await using var talk = new Talk();
        var conversation = await BeginAsync(talk);
        await talk.Rest.World.Loop.RunAsync(
            () =>
                talk.Rest.Handsets.Configure(Bob, new HandsetBehaviour { Texts = new DeliveryReport(DeliveryOutcome.Undelivered, 30003) }),
            CancellationToken.None);
        var message = $"{conversation}/Messages/{(await talk.PostAsync($"{conversation}/Messages", "Body", "hello"))["sid"]}";
        await talk.AdvanceAsync(TimeSpan.FromSeconds(3));

        var receipts = (await talk.GetAsync($"{message}/Receipts")).Json.GetProperty("delivery_receipts").EnumerateArray()
            .Select(r => $"{r.GetProperty("status")} {r.GetProperty("error_code")}");
        receipts.Should().BeEquivalentTo("delivered 0", "undelivered 30003");
        var delivery = (await talk.GetAsync(message)).Json.GetProperty("delivery");
        string Share(string name) => delivery.GetProperty(name).ToString();
        (Share("total"), Share("sent"), Share("delivered"), Share("undelivered"), Share("failed"), Share("read"))
            .Should().Be(("2", "all", "some", "some", "none", "none"));
        (await talk.Rest.GetAsync("Messages.json")).Json.GetProperty("messages").GetArrayLength()
            .Should().Be(2, "they stand in the account's list");
    }

    [Fact]
    public async Task The_webhook_after_a_text_has_its_parameters_and_news_of_delivery_follow()
    {
        await using var talk = new Talk();
        var conversation = await HookedAsync(talk);
        await talk.TextAsync(Ann, "hi");
        await talk.AdvanceAsync(TimeSpan.FromSeconds(3));
        talk.Told("/post", "EventType", "Source", "Author", "Body", "Index", "Status").Should().Equal(
            $"onMessageAdded SMS {Ann} hi 0 -", "onDeliveryUpdated - - - - sent", "onDeliveryUpdated - - - - delivered");
        talk.Rest.App.Requests.Should().OnlyContain(r => r.IsSigned);
        talk.Rest.App.Requests.First(r => r.Request.Url.AbsolutePath == "/post").Request.Parameters.Select(p => p.Key).Should().Equal(
            "AccountSid", "Attributes", "Author", "Body", "ChatServiceSid", "ConversationSid", "DateCreated", "EventType", "Index",
            "MessageSid", "ParticipantSid", "RetryCount", "Source");
        (await talk.GetAsync(conversation))["state"].Should().Be("active");
    }

    [Theory]
    [InlineData("{\"body\":\"changed\",\"author\":\"Ann\"}", 200, "Ann changed")]
    [InlineData("{}", 200, Ann + " hi")]
    [InlineData("", 403, null)]
    [InlineData("", 500, null)]
    public async Task The_webhook_before_a_text_may_change_or_refuse_it(string answer, int status, string? said)
    {
        await using var talk = new Talk();
        var conversation = await HookedAsync(talk);
        talk.Rest.App.On("/pre", new AppAnswer(status, "application/json", answer));
        await talk.TextAsync(Ann, "hi");
        var received = await talk.ReceivedAsync(Bob);
        var messages = (await talk.GetAsync($"{conversation}/Messages")).Json.GetProperty("messages").EnumerateArray()
            .Select(m => $"{m.GetProperty("author")} {m.GetProperty("body")}");
        messages.Should().Equal(said is null ? [] : [said]);
        received.Should().HaveCount(said is null ? 0 : 1);
    }

    [Fact]
    public async Task An_address_opens_a_conversation_and_no_other_webhook_hears_of_it()
    {
        await using var talk = new Talk();
        await SetHooksAsync(talk);
        talk.Rest.App.On("/pre", new AppAnswer(200, "application/json", "{\"friendly_name\":\"A customer\"}")).On("/own", FakeApp.Empty);
        (await talk.PostAsync(
            "/v1/Configuration/Addresses", "Type", "sms", "Address", Talk.Number, "AutoCreation.Enabled", "true", "AutoCreation.Type",
            "webhook", "AutoCreation.WebhookUrl", "http://app/own",
            "AutoCreation.WebhookFilters", "onMessageAdded")).Status.Should().Be(201);

        await talk.TextAsync(Ann, "anybody there?");
        await talk.AdvanceAsync(TimeSpan.FromSeconds(2));

        talk.Told("/sms", "Body").Should().BeEmpty();
        talk.Told("/pre", "EventType", "MessageBody", "MessagingBinding.Address", "MessagingBinding.ProxyAddress")
            .Should().Equal($"onConversationAdd anybody there? {Ann} {Talk.Number}");
        talk.Told("/post", "EventType").Should().Equal("onConversationAdded", "onParticipantAdded", "onMessageAdded");
        talk.Told("/own", "EventType", "Body").Should().Equal("onMessageAdded anybody there?");
        var opened = (await talk.GetAsync("/v1/Conversations")).Json.GetProperty("conversations")[0];
        opened.GetProperty("friendly_name").GetString().Should().Be("A customer");
        await talk.TextAsync(Ann, "hello?");
        await talk.AdvanceAsync(TimeSpan.FromSeconds(2));
        (await talk.GetAsync($"/v1/Conversations/{opened.GetProperty("sid")}/Messages")).Json.GetProperty("messages").GetArrayLength()
            .Should().Be(2);
        (await talk.GetAsync("/v1/Conversations")).Json.GetProperty("conversations").GetArrayLength().Should().Be(1);
    }

    /// <remarks>twilio.com/docs/conversations/api/address-configuration-resource; the codes are inferred.</remarks>
    [Fact]
    public async Task An_address_is_the_accounts_own_is_configured_once_and_opens_conversations_of_a_service_that_is_there()
    {
        await using var talk = new Talk();
        Task<RestAnswer> PostAsync(string type, string address, string service) => talk.PostAsync(
            "/v1/Configuration/Addresses", "Type", type, "Address", address, "AutoCreation.Enabled", "true",
            "AutoCreation.ConversationServiceSid", service);
        var own = (await talk.PostAsync("/v1/Services", "FriendlyName", "Ours"))["sid"]!;
        const string Nobody = "IS00000000000000000000000000000099";
        (await PostAsync("sms", "+14155550111", own)).Code.Should().Be(50413);
        (await PostAsync("whatsapp", "whatsapp:" + Talk.Number, own)).Code.Should().Be(50413);
        var unknown = await PostAsync("sms", Talk.Number, Nobody);
        (unknown.Status, unknown.Code).Should().Be((404, 20404));
        var made = await PostAsync("sms", Talk.Number, own);
        made.Status.Should().Be(201);
        (await PostAsync("sms", Talk.Number, own)).Status.Should().Be(409);
        (await talk.PostAsync(
            $"/v1/Configuration/Addresses/{made["sid"]}", "AutoCreation.ConversationServiceSid", Nobody)).Status.Should().Be(404);
    }

    [Fact]
    public async Task A_refused_opening_leaves_nothing()
    {
        await using var talk = new Talk();
        await SetHooksAsync(talk);
        talk.Rest.App.On("/pre", new AppAnswer(403, "text/plain", "no"));
        await talk.PostAsync("/v1/Configuration/Addresses", "Type", "sms", "Address", Talk.Number, "AutoCreation.Enabled", "true");
        await talk.TextAsync(Ann, "hi");
        await talk.AdvanceAsync(TimeSpan.FromSeconds(2));
        (await talk.GetAsync("/v1/Conversations")).Json.GetProperty("conversations").GetArrayLength().Should().Be(0);
        talk.Told("/post", "EventType").Should().BeEmpty();
        talk.Told("/sms", "Body").Should().BeEmpty();
    }

    [Fact]
    public async Task A_closed_conversation_frees_its_phones()
    {
        await using var talk = new Talk();
        var conversation = await BeginAsync(talk);
        var again = await talk.PostAsync(
            $"{await talk.BeginAsync()}/Participants", "MessagingBinding.Address", Ann, "MessagingBinding.ProxyAddress", Talk.Number);
        (again.Status, again.Code).Should().Be((409, 50416));
        again["message"].Should().EndWith(conversation.Split('/')[^1]);
        await talk.PostAsync(conversation, "State", "closed");
        await talk.TextAsync(Ann, "hi");
        await talk.AdvanceAsync(TimeSpan.FromSeconds(2));
        (await talk.GetAsync($"{conversation}/Messages")).Json.GetProperty("messages").GetArrayLength().Should().Be(0);
        talk.Told("/sms", "Body").Should().Equal("hi");
    }

    [Fact]
    public async Task Rest_is_told_to_webhooks_only_where_it_asks_for_it()
    {
        await using var talk = new Talk();
        var conversation = await HookedAsync(talk);
        await talk.PostAsync($"{conversation}/Messages", "Body", "unheard");
        await talk.AdvanceAsync(TimeSpan.FromSeconds(3));
        talk.Told("/post", "EventType").Should().NotContain("onMessageAdded").And.Contain("onDeliveryUpdated");
    }

    [Fact]
    public async Task A_text_wakes_a_sleeping_conversation_and_the_webhook_hears_why()
    {
        await using var talk = new Talk();
        await SetHooksAsync(talk);
        var conversation = await BeginAsync(talk, "Timers.Inactive", "PT1M");
        await talk.AdvanceAsync(TimeSpan.FromSeconds(61));
        (await talk.GetAsync(conversation))["state"].Should().Be("inactive");
        await talk.TextAsync(Ann, "still there?");
        await talk.AdvanceAsync(TimeSpan.FromSeconds(2));
        (await talk.GetAsync(conversation))["state"].Should().Be("active");
        talk.Told("/post", "EventType", "StateFrom", "StateTo", "Reason")
            .Where(t => t.StartsWith("onConversationStateUpdated", StringComparison.Ordinal))
            .Should().Equal("onConversationStateUpdated active inactive TIMER", "onConversationStateUpdated inactive active EVENT");
    }

    [Fact]
    public async Task A_group_is_texted_from_its_projected_address_and_answers_into_it()
    {
        await using var talk = new Talk();
        var conversation = await talk.BeginAsync();
        await talk.PostAsync($"{conversation}/Participants", "MessagingBinding.ProjectedAddress", Talk.Number, "Identity", "desk");
        foreach (var phone in (string[])[Ann, Bob])
        {
            (await talk.PostAsync($"{conversation}/Participants", "MessagingBinding.Address", phone)).Status.Should().Be(201);
        }
        await talk.PostAsync($"{conversation}/Messages", "Body", "welcome", "Author", "desk");
        (await talk.ReceivedAsync(Ann)).Should().Equal($"{Talk.Number} welcome");
        await talk.TextAsync(Bob, "thanks");
        (await talk.ReceivedAsync(Ann)).Should().Equal($"{Talk.Number} welcome", $"{Talk.Number} thanks");
        (await talk.ReceivedAsync(Bob)).Should().ContainSingle();
    }

    /// <summary>Ann and Bob in one conversation, both behind the number.</summary>
    private static async Task<string> BeginAsync(Talk talk, params string[] pairs)
    {
        var conversation = await talk.BeginAsync(pairs);
        foreach (var phone in (string[])[Ann, Bob])
        {
            (await talk.PostAsync(
                $"{conversation}/Participants", "MessagingBinding.Address", phone, "MessagingBinding.ProxyAddress", Talk.Number)).Status
                    .Should().Be(201);
        }
        return conversation;
    }

    private static async Task<string> HookedAsync(Talk talk)
    {
        await SetHooksAsync(talk);
        return await BeginAsync(talk);
    }

    private static async Task SetHooksAsync(Talk talk)
    {
        talk.Rest.App.On("/pre", new AppAnswer(200, "application/json", "{}")).On("/post", FakeApp.Empty);
        (await talk.PostAsync(
            "/v1/Configuration/Webhooks", ["PreWebhookUrl", "http://app/pre", "PostWebhookUrl", "http://app/post",
                .. Filters.SelectMany(f => (string[])["Filters", f])])).Status.Should().Be(200);
    }
}
