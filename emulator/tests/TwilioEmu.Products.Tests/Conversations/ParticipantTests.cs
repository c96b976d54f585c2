namespace TwilioEmu.Products.Tests.Conversations;

/// <summary>
/// twilio.com/docs/conversations/api: participants, users, user and participant conversations, conversations with participants.
/// </summary>
public sealed class ParticipantTests : IAsyncDisposable
{
    private const string Phone = "+14155550199";
    private const string Ours = "+14155550100";
    private const string Binding = $$$"""{"messaging_binding":{"address":"{{{Phone}}}","proxy_address":"{{{Ours}}}"}}""";

    private readonly Talk _talk = new();

    public ValueTask DisposeAsync() => _talk.DisposeAsync();

    private async Task<string> JoinAsync(string conversation, string identity) =>
        $"{conversation}/Participants/{(await _talk.PostAsync(conversation + "/Participants", "Identity", identity))["sid"]}";

    [Fact]
    public async Task Who_has_an_identity_is_a_user_with_a_role()
    {
        var conversation = await _talk.BeginAsync();
        var participant = await _talk.PostAsync(conversation + "/Participants", "Identity", "ann");
        participant["attributes"].Should().Be("{}");
        (await _talk.GetAsync("/v1/Roles/" + participant["role_sid"]))["friendly_name"].Should().Be("conversation user");
        var user = await _talk.GetAsync("/v1/Users/ann");
        user["identity"].Should().Be("ann");
        var role = await _talk.GetAsync("/v1/Roles/" + user["role_sid"]);
        (role["friendly_name"], role.Json.GetProperty("permissions").GetRawText())
            .Should().Be(("service user", """["createConversation","joinConversation","editOwnUserInfo"]"""));
        (await _talk.EachAsync("/v1/Users/ann/Conversations", "conversations", "participant_sid")).Should().Be(participant["sid"]);
    }

    [Fact]
    public async Task Nobody_joins_twice()
    {
        var conversation = await _talk.BeginAsync();
        await JoinAsync(conversation, "ann");
        var again = await _talk.PostAsync(conversation + "/Participants", "Identity", "ann");
        (again.Status, again.Code).Should().Be((409, 50433));
        (await _talk.PostAsync("/v1/Users", "Identity", "ann")).Code.Should().Be(50201);
    }

    [Fact]
    public async Task A_pair_of_addresses_is_in_one_open_conversation()
    {
        var (one, other) = (await _talk.BeginAsync(), await _talk.BeginAsync());
        string[] pair = ["MessagingBinding.Address", Phone, "MessagingBinding.ProxyAddress", Ours];
        var joined = await _talk.PostAsync(one + "/Participants", pair);
        joined.Json.GetProperty("messaging_binding").EnumerateObject()
            .Select(m => $"{m.Name}={m.Value}")
            .Should().Equal("type=sms", $"address={Phone}", $"proxy_address={Ours}");
        var sid = one[(one.LastIndexOf('/') + 1)..];
        foreach (var conversation in (string[])[one, other])
        {
            var again = await _talk.PostAsync(conversation + "/Participants", pair);
            (again.Status, again.Code, again["message"])
                .Should().Be(
                    (409, 50416, $"A binding for this participant and proxy address already exists in Conversation {sid}"),
                    "clients read the SID at its end");
        }
        await _talk.PostAsync(one, "State", "closed");
        (await _talk.PostAsync(other + "/Participants", pair)).Status.Should().Be(201);
        await _talk.DeleteAsync(other);
        (await _talk.PostAsync(await _talk.BeginAsync() + "/Participants", pair)).Status.Should().Be(201);
    }

    [Theory]
    [InlineData("14155550199", Ours, 50407)]
    [InlineData("telegram:ann", Ours, 50407)]
    [InlineData(Phone, "ours", 50408)]
    [InlineData(Ours, Ours, 50409)]
    [InlineData("", Ours, 50411)]
    [InlineData(null, Ours, 50411)]
    [InlineData(Phone, "", 50412)]
    [InlineData(Phone, "+14155550111", 50413)]
    [InlineData("whatsapp:+14155550199", Ours, 50414)]
    [InlineData(null, null, 50204)]
    public async Task Addresses_that_cannot_be_are_refused_each_with_its_code(string? address, string? proxy, int code)
    {
        string[] pairs =
        [
            .. address is null ? [] : (string[])["MessagingBinding.Address", address],
            .. proxy is null ? [] : (string[])["MessagingBinding.ProxyAddress", proxy],
        ];
        var refused = await _talk.PostAsync(await _talk.BeginAsync() + "/Participants", pairs);
        (refused.Status, refused.Code).Should().Be((400, code));

        string Member(string name, string? value) => value is null ? "" : $"\"{name}\":\"{value}\"";
        var binding = string.Join(',', new[] { Member("address", address), Member("proxy_address", proxy) }.Where(m => m.Length > 0));
        (await _talk.PostAsync("/v1/ConversationWithParticipants", "Participant", $$$"""{"messaging_binding":{{{{binding}}}}}""")).Code
            .Should().Be(code);
    }

    [Fact]
    public async Task A_participant_who_leaves_takes_the_users_conversation_along()
    {
        var conversation = await _talk.BeginAsync();
        var ann = await JoinAsync(conversation, "ann");
        await JoinAsync(conversation, "bob");
        (await _talk.DeleteAsync(ann)).Status.Should().Be(204);
        (await _talk.EachAsync("/v1/Users/ann/Conversations", "conversations", "conversation_sid")).Should().Be("");
        (await _talk.EachAsync("/v1/Users/bob/Conversations", "conversations", "conversation_sid")).Should().NotBe("");
        (await JoinAsync(conversation, "ann")).Should().NotBe(ann);
        (await _talk.EachAsync("/v1/Users/ann/Conversations", "conversations", "conversation_sid")).Should().NotBe("");
    }

    [Fact]
    public async Task A_user_who_leaves_is_no_participant()
    {
        var conversation = await _talk.BeginAsync();
        await JoinAsync(conversation, "ann");
        await JoinAsync(conversation, "bob");
        (await _talk.DeleteAsync("/v1/Users/ann" + conversation[3..])).Status.Should().Be(204);
        (await _talk.DeleteAsync("/v1/Users/bob")).Status.Should().Be(204);
        (await _talk.EachAsync(conversation + "/Participants", "participants", "identity")).Should().Be("");
    }

    [Fact]
    public async Task A_conversation_that_is_deleted_is_nobodys()
    {
        var conversation = await _talk.BeginAsync();
        await JoinAsync(conversation, "ann");
        await _talk.DeleteAsync(conversation);
        (await _talk.EachAsync("/v1/Users/ann/Conversations", "conversations", "conversation_sid")).Should().Be("");
    }

    [Fact]
    public async Task Messages_are_numbered_and_a_number_is_not_given_twice()
    {
        var conversation = await _talk.BeginAsync();
        var ann = await _talk.PostAsync(conversation + "/Participants", "Identity", "ann");
        var first = await _talk.PostAsync(conversation + "/Messages", "Body", "one", "Author", "ann");
        (first["index"], first["author"], first["participant_sid"]).Should().Be(("0", "ann", ann["sid"]));
        var second = await _talk.PostAsync(conversation + "/Messages", "Body", "two");
        (second["index"], second["author"], second["participant_sid"]).Should().Be(("1", "system", null));
        await _talk.DeleteAsync($"{conversation}/Messages/{second["sid"]}");
        (await _talk.PostAsync(conversation + "/Messages", "Body", "three"))["index"].Should().Be("2");
        (await _talk.EachAsync(conversation + "/Messages?Order=desc", "messages", "index")).Should().Be("2 0");
    }

    [Fact]
    public async Task What_a_user_has_read_its_participant_has()
    {
        var conversation = await _talk.BeginAsync("FriendlyName", "Tea");
        var participant = await JoinAsync(conversation, "ann");
        for (var i = 0; i < 3; i++) await _talk.PostAsync(conversation + "/Messages", "Body", "x");
        var mine = "/v1/Users/ann" + conversation[3..];
        var before = await _talk.GetAsync(mine);
        (before["friendly_name"], before["conversation_state"], before["last_read_message_index"], before["unread_messages_count"])
            .Should().Be(("Tea", "active", null, null));

        var after = await _talk.PostAsync(mine, "LastReadMessageIndex", "0", "NotificationLevel", "muted");
        (after["last_read_message_index"], after["unread_messages_count"], after["notification_level"]).Should().Be(("0", "2", "muted"));
        (await _talk.GetAsync(participant))["last_read_message_index"].Should().Be("0");

        await _talk.PostAsync(participant, "LastReadMessageIndex", "2");
        (await _talk.GetAsync(mine))["unread_messages_count"].Should().Be("0");
        (await _talk.EachAsync("/v1/Users/ann/Conversations", "conversations", "last_read_message_index")).Should().Be("2");
    }

    [Fact]
    public async Task Conversations_are_found_by_who_is_in_them()
    {
        var (one, other) = (await _talk.BeginAsync("UniqueName", "one"), await _talk.BeginAsync("UniqueName", "other"));
        await JoinAsync(one, "ann");
        await JoinAsync(other, "ann");
        await JoinAsync(other, "bob");
        await _talk.PostAsync(one + "/Participants", "MessagingBinding.Address", Phone, "MessagingBinding.ProxyAddress", Ours);
        const string list = "/v1/ParticipantConversations";
        (await _talk.EachAsync(list + "?Identity=ann", "conversations", "conversation_unique_name")).Should().Be("other one");
        (await _talk.EachAsync(list + "?Identity=bob", "conversations", "conversation_unique_name")).Should().Be("other");
        (await _talk.EachAsync(list + "?Identity=carl", "conversations", "conversation_unique_name")).Should().Be("");
        (await _talk.EachAsync(list + "?Address=" + Uri.EscapeDataString(Phone), "conversations", "conversation_unique_name"))
            .Should().Be("one");
        (await _talk.EachAsync(list + "?Address=ann", "conversations", "conversation_unique_name")).Should().Be("");
        var service = (await _talk.GetAsync("/v1/Configuration"))["default_chat_service_sid"];
        (await _talk.EachAsync($"/v1/Services/{service}/ParticipantConversations?Identity=bob", "conversations", "conversation_state"))
            .Should().Be("active");
        var first = (await _talk.GetAsync(list + "?Identity=ann&PageSize=1")).Json;
        var next = new Uri(first.GetProperty("meta").GetProperty("next_page_url").GetString()!);
        (await _talk.EachAsync(next.PathAndQuery, "conversations", "conversation_unique_name")).Should().Be("one");
        first.GetProperty("conversations")[0].GetProperty("links")
            .GetProperty("conversation").GetString()
            .Should().Be("https://conversations.twilio.com" + other);
    }

    [Fact]
    public async Task A_conversation_is_made_with_its_participants()
    {
        var made = await _talk.PostAsync(
            "/v1/ConversationWithParticipants", "UniqueName", "tea",
            "Participant", """{"identity":"ann","attributes":"{\"seat\":1}"}""", "Participant", Binding);
        made.Status.Should().Be(201);
        var conversation = "/v1/Conversations/" + made["sid"];
        var people = (await _talk.GetAsync("/v1/Conversations/tea/Participants")).Json.GetProperty("participants");
        people.GetArrayLength().Should().Be(2);
        people[1].GetProperty("attributes").GetString().Should().Be("""{"seat":1}""");
        people[0].GetProperty("messaging_binding").GetProperty("proxy_address").GetString().Should().Be(Ours);
        (await _talk.EachAsync("/v1/Users/ann/Conversations", "conversations", "conversation_sid")).Should().Be(made["sid"]);
        made["url"].Should().Be("https://conversations.twilio.com" + conversation);
    }

    [Theory]
    [InlineData("ann", 50424)]
    [InlineData("[]", 50424)]
    [InlineData("""{"name":"ann"}""", 50424)]
    [InlineData("""{"role_sid":"x"}""", 50424)]
    [InlineData("""{"identity":"ann","attributes":"{"}""", 50304)]
    public async Task A_participant_that_cannot_be_made_leaves_nothing_behind(string participant, int code)
    {
        (await _talk.PostAsync(
            "/v1/ConversationWithParticipants", "Participant", """{"identity":"bob"}""", "Participant", participant)).Code
                .Should().Be(code);
        (await _talk.EachAsync("/v1/Conversations", "conversations", "sid")).Should().Be("");
        (await _talk.EachAsync("/v1/Users", "users", "sid")).Should().Be("");
    }

    [Theory]
    [InlineData(10, 201)]
    [InlineData(11, 400)]
    public async Task A_request_brings_ten_participants_at_most(int count, int status)
    {
        var pairs = Enumerable.Range(0, count).SelectMany(i => new[] { "Participant", $$"""{"identity":"p{{i}}"}""" }).ToArray();
        var answer = await _talk.PostAsync("/v1/ConversationWithParticipants", pairs);
        answer.Status.Should().Be(status);
        if (status == 400) answer.Code.Should().Be(50426);
    }

    [Fact]
    public async Task Addresses_in_use_bring_no_conversation()
    {
        await _talk.PostAsync("/v1/ConversationWithParticipants", "Participant", Binding);
        (await _talk.PostAsync("/v1/ConversationWithParticipants", "Participant", Binding)).Code.Should().Be(50425);
        (await _talk.PostAsync(
            "/v1/ConversationWithParticipants", "Participant", """{"identity":"ann"}""", "Participant", """{"identity":"ann"}""")).Code
                .Should().Be(50433);
    }
}
