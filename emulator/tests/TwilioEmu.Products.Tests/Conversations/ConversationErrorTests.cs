using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Tests.Conversations;

/// <summary>Every documented code of Conversations: what causes it, or why nothing does.</summary>
public sealed class ConversationErrorTests : IAsyncDisposable
{
    private const string Ann = "+14155550191";
    private const string Bob = "+14155550192";
    private const string Number = Talk.Number;
    private const string Foreign = "+14155550103";
    private const string Other = "AC00000000000000000000000000000002";

    private const string Never = "everything is done in one turn: two requests never meet";
    private const string Fetched = "who fetches what is not there is told 404/20404, as everywhere in the API";
    private const string Chat = "of Programmable Chat alone, which is no more";
    private const string Kept = "a file of another kind, or too large for phones, stays in the conversation, with a warning (inferred)";
    private const string Sdk = "said to the SDKs of browsers and phones, which connect to another host";

    private static readonly (int From, int To, string Why)[] Exceptions =
    [
        (50001, 50002, Fetched), (50006, 50006, "an AccountSid is no parameter"), (50051, 50054, Chat), (50058, 50065, Chat),
        (50063, 50063, "thirty a second would stop every test in virtual time, where all happens in one instant"),
        (50074, 50074, "the same"), (50101, 50104, Chat), (50106, 50107, Sdk), (50200, 50200, Fetched), (50202, 50203, Chat),
        (50205, 50205, Sdk), (50208, 50209, Chat), (50212, 50213, Never), (50300, 50302, Chat),
        (50305, 50307, Chat), (50320, 50332, Chat), (50334, 50334, Never), (50340, 50340, "who names no service has the account's"),
        (50349, 50351, Fetched), (50360, 50360, Fetched), (50363, 50363, Fetched),
        (50370, 50371, "a webhook may be made without them, and be told later"), (50373, 50373, Chat),
        (50382, 50382, "the documentation's own samples set timers without a state"),
        (50385, 50386, "conversations are ready at once, in every region"), (50391, 50393, Never), (50400, 50406, Chat),
        (50418, 50418, "50422 now"),
        (50419, 50420, Never), (50430, 50432, Fetched), (50435, 50435, "what makes no group is refused as it joins: 50434"),
        (50438, 50438, "a phone is in one group of a number at a time: 50416"),
        (50449, 50449, Never), (50452, 50452, "every account here has group texts"), (50500, 50502, Fetched), (50505, 50506, Chat),
        (50511, 50512, Kept), (50516, 50516, Chat), (50600, 50602, Chat),
    ];

    // twilio.com/docs/api/errors of Conversations, of which Programmable Chat was the first name.
    private static readonly int[] Documented =
    [
        20161, 50000, 50001, 50002, 50003, 50004, 50006, 50050, 50051, 50052, 50053, 50054, 50055, 50056, 50057, 50058, 50059, 50060, 50061,
        50063, 50065, 50074, 50076, 50077, 50078, 50100, 50101, 50102, 50103, 50104,
        50105, 50106, 50107, 50109, 50200, 50201, 50202, 50203, 50204, 50205, 50206, 50207, 50208, 50209, 50210, 50211, 50212, 50213, 50214,
        50300, 50301, 50302, 50303, 50304, 50305, 50306, 50307, 50308, 50309, 50310,
        50320, 50321, 50322, 50323, 50324, 50325, 50326, 50327, 50328, 50329, 50330, 50331, 50332, 50334, 50340, 50341, 50342, 50347, 50349,
        50350, 50351, 50353, 50360, 50361, 50362, 50363, 50364, 50365, 50366, 50367,
        50368, 50369, 50370, 50371, 50372, 50373, 50374, 50375, 50376, 50377, 50378, 50379, 50380, 50382, 50384, 50385, 50386, 50390, 50391,
        50392, 50393, 50396, 50400, 50401, 50402, 50403, 50404, 50405, 50406, 50407,
        50408, 50409, 50411, 50412, 50413, 50414, 50415, 50416, 50417, 50418, 50419, 50420, 50421, 50422, 50424, 50425, 50426, 50430, 50431,
        50432, 50433, 50434, 50435, 50436, 50437, 50438, 50439, 50440, 50441, 50442,
        50443, 50444, 50449, 50451, 50452, 50500, 50501, 50502, 50503, 50504, 50505, 50506, 50507, 50508, 50509, 50510, 50511, 50512, 50513,
        50516, 50526, 50527, 50528, 50600, 50601, 50602, 50610,
    ];

    private readonly Talk _talk = new();
    private string _conversation = "";
    private string _group = "";
    private string _closed = "";

    public ValueTask DisposeAsync() => _talk.DisposeAsync();

    public static TheoryData<int, string, string> Requests => new()
    {
        { 50000, "/v1/Services", "" },
        { 50003, "/v1/Conversations", "FriendlyName=257" },
        { 50003, "{c}", "FriendlyName=257" },
        { 50004, "/v1/Conversations", "UniqueName=257" },
        { 50050, "/v1/Configuration", "DefaultChatServiceSid=IS00000000000000000000000000000009" },
        { 50055, "/v1/Configuration/Webhooks", "Method=PUT" },
        { 50077, "/v1/Configuration/Webhooks", "PreWebhookUrl=app" },
        { 50078, "/v1/Configuration/Webhooks", "PostWebhookUrl=ftp://app/post" },
        { 50100, "/v1/Users", "Identity=eve&RoleSid={conversation user}" },
        { 50100, "/v1/Users/ann", "RoleSid={conversation user}" },
        { 50105, "/v1/Roles", "FriendlyName=x&Type=king&Permission=sendMessage" },
        { 50109, "{c}/Participants", "Identity=eve&RoleSid={service user}" },
        { 50201, "/v1/Users", "Identity=ann" },
        { 50204, "/v1/Users", "FriendlyName=x" },
        { 50206, "/v1/Users", "Identity=US00000000000000000000000000000000" },
        { 50206, "{c}/Participants", "Identity=US00000000000000000000000000000000" },
        { 50207, "/v1/Users", "Identity=257" },
        { 50207, "{c}/Participants", "Identity=257" },
        { 50210, "/v1/Users/ann{c}", "NotificationLevel=loud" },
        { 50211, "{c}/Participants", "Identity=eve&MessagingBinding.Address=+14155550193&MessagingBinding.ProxyAddress=" + Number },
        { 50303, "{c}", "Attributes=big" },
        { 50304, "{c}", "Attributes={" },
        { 50308, "/v1/Conversations", "DateCreated=soon" },
        { 50309, "/v1/Conversations", "DateUpdated=soon" },
        { 50310, "{c}/Messages", "Body=x&Author=257" },
        { 50341, "/v1/Conversations", "MessagingServiceSid=MG1" },
        { 50342, "/v1/Conversations", "MessagingServiceSid={others}" },
        { 50347, "{c}", "" },
        { 20161, "{c}/Participants/ann", "" },
        { 20161, "{c}/Messages/{m}", "" },
        { 20161, "/v1/Users/ann", "" },
        { 50353, "/v1/Conversations", "UniqueName=tea" },
        { 50362, "{c}/Webhooks",
            "Target=trigger&Configuration.Url=http://app/x&Configuration.Triggers=a&Configuration.Triggers=b&Configuration.Triggers=c&"
                + "Configuration.Triggers=d&Configuration.Triggers=e&Configuration.Triggers=f" },
        { 50364, "{c}/Webhooks", "Target=carrier" },
        { 50365, "{c}/Webhooks", "Target=webhook&Configuration.Url=http://app/x&Configuration.Filters=onEverything" },
        { 50365, "/v1/Configuration/Webhooks", "Filters=onEverything" },
        { 50366, "{c}/Webhooks", "Target=trigger&Configuration.Url=http://app/x&Configuration.Triggers=257" },
        { 50367, "{c}/Webhooks", "Target=studio&Configuration.FlowSid=FW1" },
        { 50367, "{c}/Webhooks", "Target=studio" },
        { 50368, "{c}/Webhooks", "Configuration.Url=http://app/x" },
        { 50369, "{c}/Webhooks", "Target=webhook&Configuration.Url=&Configuration.Filters=onMessageAdded" },
        { 50372, "{c}/Webhooks", "Target=webhook&Configuration.Url=long&Configuration.Filters=onMessageAdded" },
        { 50374, "{c}", "State=" },
        { 50375, "{c}", "Timers.Inactive=PT59S" },
        { 50376, "{c}", "Timers.Closed=PT9M" },
        { 50377, "{closed}/Messages", "Body=x" },
        { 50378, "{c}", "State=asleep" },
        { 50379, "{c}", "Timers.Inactive=soon" },
        { 50380, "{c}", "Timers.Closed=later" },
        { 50384, "/v1/Conversations", "State=closed" },
        { 50390, "/v1/Conversations", "UniqueName=CH00000000000000000000000000000000" },
        { 50396, "GET /v1/Conversations?StartDate=2026-01-05&EndDate=2026-01-04", "" },
        { 50407, "{c}/Participants", "MessagingBinding.Address=telegram:ann&MessagingBinding.ProxyAddress=" + Number },
        { 50408, "{c}/Participants", "MessagingBinding.Address=+14155550193&MessagingBinding.ProxyAddress=ours" },
        { 50409, "{c}/Participants", $"MessagingBinding.Address={Number}&MessagingBinding.ProxyAddress={Number}" },
        { 50411, "{c}/Participants", "MessagingBinding.Address=&MessagingBinding.ProxyAddress=" + Number },
        { 50412, "{c}/Participants", "MessagingBinding.Address=+14155550193&MessagingBinding.ProxyAddress=" },
        { 50413, "{c}/Participants", "MessagingBinding.Address=+14155550193&MessagingBinding.ProxyAddress=" + Foreign },
        { 50413, "{c}/Participants", "MessagingBinding.Address=rcs:+14155550193&MessagingBinding.ProxyAddress=rcs:nobody" },
        { 50414, "{c}/Participants", "MessagingBinding.Address=whatsapp:+14155550193&MessagingBinding.ProxyAddress=" + Number },
        { 50415, "{c}/Participants", "MessagingBinding.Address=whatsapp:+14155550193&MessagingBinding.ProxyAddress=whatsapp:" + Number },
        { 50416, "{c}/Participants", $"MessagingBinding.Address={Ann}&MessagingBinding.ProxyAddress={Number}" },
        { 50421, "{c}/Participants/ann", "LastReadMessageIndex=first" },
        { 50424, "/v1/ConversationWithParticipants", "Participant=ann" },
        { 50425, "/v1/ConversationWithParticipants",
            $$$"""Participant={"messaging_binding":{"address":"{{{Ann}}}","proxy_address":"{{{Number}}}"}}""" },
        { 50433, "{c}/Participants", "Identity=ann" },
        { 50434, "{g}/Participants", "Identity=eve" },
        { 50437, "{g}/Participants", "MessagingBinding.Address=" + Bob },
        { 50439, "{c}/Participants", "MessagingBinding.ProjectedAddress=" + Foreign },
        { 50439, "{g}/Participants/desk", "MessagingBinding.ProjectedAddress=" + Foreign },
        { 50440, "{c}/Participants/ann", "MessagingBinding.ProxyAddress=null" },
        { 50441, "{c}/Participants/ann", "MessagingBinding.ProxyAddress=" + Number },
        { 50442, "{c}/Participants/ann", "MessagingBinding.ProjectedAddress=null" },
        { 50443, "{c}/Participants/{phone}", "MessagingBinding.ProjectedAddress=" + Number },
        { 50444, "{c}/Participants/{phone}", "Identity=eve" },
        { 50451, "GET /v1/ParticipantConversations?Identity=ann&Address=x", "" },
        { 50503, "{c}/Messages", "Author=ann" },
        { 50504, "{c}/Messages", "Body=1601" },
        { 50504, "{c}/Messages/{m}", "Body=1601" },
        { 50510, "{c}/Messages", "MediaSid=ME1" },
        { 50513, "{g}/Messages", "Body=x" },
        { 50513, "{g}/Messages", "Body=x&Author=eve" },
        { 50526, "{c}/Messages", "ContentSid=HX00000000000000000000000000000000" },
        { 50527, "{c}/Messages", "ContentSid=HX00000000000000000000000000000000&ContentVariables=no" },
        { 50528, "{c}/Messages", "ContentVariables={}" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_is_refused_with_its_code(int code, string path, string form)
    {
        var (message, phone, others) = await FillAsync();
        foreach (var role in (await _talk.GetAsync("/v1/Roles")).Json.GetProperty("roles").EnumerateArray())
        {
            form = form.Replace(
                $"{{{role.GetProperty("friendly_name").GetString()}}}", role.GetProperty("sid").GetString(), StringComparison.Ordinal);
        }
        string Filled(string text) =>
            text.Replace("{c}", text.Contains("Users/", StringComparison.Ordinal)
                ? _conversation[3..] : _conversation, StringComparison.Ordinal).Replace("{g}", _group, StringComparison.Ordinal)
            .Replace("{closed}", _closed, StringComparison.Ordinal)
                .Replace("{m}", message, StringComparison.Ordinal)
                .Replace("{phone}", phone, StringComparison.Ordinal)
                .Replace("{others}", others, StringComparison.Ordinal);
        string Value(string word) => word switch
        {
            "257" => new string('x', 257),
            "1601" => new string('x', 1601),
            "big" => $"\"{new string('x', (16 * 1024) - 1)}\"",
            "long" => "http://app/" + new string('x', 502),
            _ => Filled(word),
        };
        var pairs = form.Length == 0
            ? [] : form.Split('&').SelectMany(p => (string[])[p[..p.IndexOf('=')], Value(p[(p.IndexOf('=') + 1)..])]).ToArray();
        var answer = path.StartsWith("GET ", StringComparison.Ordinal)
            ? await _talk.GetAsync(path[4..]) : await _talk.PostAsync(Filled(path), pairs);
        (answer.Status, answer.Code).Should().Be((ErrorCodes.Find(code)!.Status, code), answer.Body);
    }

    [Fact]
    public async Task A_sixth_webhook_of_one_conversation_is_50361()
    {
        var conversation = await _talk.BeginAsync();
        Task<RestAnswer> HookAsync() =>
            _talk.PostAsync(
                $"{conversation}/Webhooks", "Target", "webhook", "Configuration.Url", "http://app/x", "Configuration.Filters",
                "onMessageAdded");
        for (var i = 0; i < 5; i++) (await HookAsync()).Status.Should().Be(201);
        (await HookAsync()).Code.Should().Be(50361);
    }

    [Fact]
    public async Task Too_many_are_50417_50422_50426_50436_and_50214()
    {
        Task<RestAnswer> JoinAsync(string conversation, params string[] who) => _talk.PostAsync(conversation + "/Participants", who);
        var crowd = await _talk.BeginAsync();
        for (var i = 0; i < 50; i++)
        {
            (await JoinAsync(crowd, "MessagingBinding.Address", $"+12125550{i:000}", "MessagingBinding.ProxyAddress", Number)).Status
                .Should().Be(201);
        }
        (await JoinAsync(crowd, "MessagingBinding.Address", "+12125550999", "MessagingBinding.ProxyAddress", Number)).Code
            .Should().Be(50422);
        for (var i = 50; i < 1_000; i++) (await JoinAsync(crowd, "Identity", $"p{i}")).Status.Should().Be(201);
        (await JoinAsync(crowd, "Identity", "late")).Code.Should().Be(50417);

        var group = await _talk.BeginAsync();
        (await JoinAsync(group, "MessagingBinding.ProjectedAddress", Number, "Identity", "desk")).Status.Should().Be(201);
        for (var i = 0; i < 9; i++) (await JoinAsync(group, "MessagingBinding.Address", $"+12135550{i:000}")).Status.Should().Be(201);
        (await JoinAsync(group, "MessagingBinding.Address", "+12135550999")).Code.Should().Be(50436);

        var pairs = Enumerable.Range(0, 11).SelectMany(i => new[] { "Participant", $$"""{"identity":"q{{i}}"}""" }).ToArray();
        (await _talk.PostAsync("/v1/ConversationWithParticipants", pairs)).Code.Should().Be(50426);

        for (var i = 0; i < 1_000; i++) (await JoinAsync(await _talk.BeginAsync(), "Identity", "busy")).Status.Should().Be(201);
        (await JoinAsync(await _talk.BeginAsync(), "Identity", "busy")).Code.Should().Be(50214);
    }

    [Fact]
    public async Task The_words_of_a_picture_cannot_be_changed_50509()
    {
        await FillAsync();
        await _talk.Rest.World.Loop.RunAsync(
            () => _talk.Rest.Handsets.Text(Ann, Number, "look", ["http://app/a.png"]), CancellationToken.None);
        await _talk.AdvanceAsync(TimeSpan.FromSeconds(1));
        var sid = (await _talk.EachAsync(_conversation + "/Messages", "messages", "sid")).Split(' ')[^1];
        (await _talk.PostAsync($"{_conversation}/Messages/{sid}", "Body", "looked")).Code.Should().Be(50509);
        (await _talk.PostAsync($"{_conversation}/Messages/{sid}", "Attributes", "{}")).Status.Should().Be(200);
    }

    [Theory]
    [InlineData(403, 0, 50056)]
    [InlineData(0, 0, 50057)]
    [InlineData(200, 6, 50076)]
    public async Task What_the_app_asked_before_answers_badly_is_an_alert(int status, int seconds, int code)
    {
        await FillAsync();
        _talk.Rest.App.On("/pre", async (_, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), _talk.Rest.World.Clock, cancellation);
            return new AppAnswer(status, null, "");
        });
        await _talk.PostAsync(
            "/v1/Configuration/Webhooks", "PreWebhookUrl", status == 0 ? "http://app/pre#rp=never" : "http://app/pre",
            "Filters", "onMessageAdd");
        await _talk.TextAsync(Ann, "hello");
        await _talk.AdvanceAsync(TimeSpan.FromSeconds(10));
        (await _talk.Rest.EntriesAsync("alert")).Select(e => e.ToJson())
            .Should().Contain(e => e.Contains($"\"code\":{code}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_that_is_released_takes_its_address_along_with_the_warning_50610()
    {
        (await _talk.PostAsync("/v1/Configuration/Addresses", "Type", "sms", "Address", Number, "AutoCreation.Enabled", "true")).Status
            .Should().Be(201);
        var sid = await _talk.Rest.World.Loop.RunAsync(() => _talk.Rest.Numbers.Find(Number)!.Sid, CancellationToken.None);
        (await _talk.Rest.SendAsync(
            "DELETE", $"/2010-04-01/Accounts/{RestWorld.Account}/IncomingPhoneNumbers/{sid}.json", null, null)).Status.Should().Be(204);
        (await _talk.EachAsync("/v1/Configuration/Addresses", "address_configurations", "sid")).Should().BeEmpty();
        (await _talk.Rest.EntriesAsync("alert")).Should().ContainSingle().Which.ToJson().Should().Contain("50610");
    }

    [Fact]
    public async Task Another_proxy_is_where_the_phone_is_answered_from_and_the_old_pair_is_free()
    {
        const string Second = "+14155550101";
        await _talk.Rest.World.Loop.RunAsync(
            () => _talk.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = Second, MessagesPerSecond = 100 }),
            CancellationToken.None);
        var (_, phone, _) = await FillAsync();
        var changed = await _talk.PostAsync($"{_conversation}/Participants/{phone}", "MessagingBinding.ProxyAddress", Second);
        var binding = changed.Json.GetProperty("messaging_binding");
        (binding.GetProperty("address").GetString(), binding.GetProperty("proxy_address").GetString()).Should().Be((Ann, Second));
        await _talk.PostAsync($"{_conversation}/Messages", "Body", "moved", "Author", "ann");
        (await _talk.ReceivedAsync(Ann)).Should().Equal($"{Second} moved");
        var other = await _talk.BeginAsync();
        (await _talk.PostAsync($"{other}/Participants", "MessagingBinding.Address", Ann, "MessagingBinding.ProxyAddress", Number)).Status
            .Should().Be(201);
        (await _talk.PostAsync($"{_conversation}/Participants/{phone}", "MessagingBinding.ProxyAddress", Number)).Code.Should().Be(50416);
    }

    [Fact]
    public void Each_is_answered_or_named_with_the_reason()
    {
        var caused = Requests.Select(r => r.Data.Item1)
            .Concat([50056, 50057, 50076, 50214, 50361, 50417, 50422, 50426, 50436, 50507, 50508, 50509, 50610]).ToHashSet();
        Documented.Where(c => !caused.Contains(c) && !Exceptions.Any(e => c >= e.From && c <= e.To))
            .Should().BeEmpty("every code has a cause here, or a reason");
        Documented.Where(c => caused.Contains(c) && Exceptions.Any(e => c >= e.From && c <= e.To))
            .Should().BeEmpty("what is answered is no exception");
        ErrorCodes.All.Select(c => c.Code).Where(c => c is >= 50000 and < 51000).Except(caused)
            .Should().BeEmpty("no row of the table is without a cause");
    }

    /// <summary>
    /// Two phones and Ann of the chat in one conversation, a group text, one that is
    /// closed; a message of the first, its phone, and a service of another account.
    /// </summary>
    private async Task<(string Message, string Phone, string Others)> FillAsync()
    {
        await _talk.Rest.World.Loop.RunAsync(
            () =>
            {
                _talk.Rest.Accounts.Create(new AccountSpec { Sid = new(Other), AuthToken = "x", FriendlyName = "Other" });
                _talk.Rest.Numbers.Add(new(Other), new PhoneNumberSpec { Number = Foreign });
            },
            CancellationToken.None);
        _conversation = await _talk.BeginAsync("UniqueName", "tea");
        await _talk.PostAsync(_conversation + "/Participants", "Identity", "ann");
        var phone = (
            await _talk.PostAsync(
                _conversation + "/Participants", "MessagingBinding.Address", Ann, "MessagingBinding.ProxyAddress", Number))["sid"]!;
        var message = (await _talk.PostAsync(_conversation + "/Messages", "Body", "first", "Author", Ann))["sid"]!;
        _group = await _talk.BeginAsync();
        await _talk.PostAsync(_group + "/Participants", "MessagingBinding.ProjectedAddress", Number, "Identity", "desk");
        await _talk.PostAsync(_group + "/Participants", "MessagingBinding.Address", Bob);
        _closed = await _talk.BeginAsync();
        await _talk.PostAsync(_closed, "State", "closed");
        var others = await _talk.Rest.SendAsync(
            "POST", "/v1/Services", "FriendlyName=theirs", "application/x-www-form-urlencoded", Other, "x", host: "messaging.twilio.com");
        return (message, phone, others["sid"]!);
    }
}
