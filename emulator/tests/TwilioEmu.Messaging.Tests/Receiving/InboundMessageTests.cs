using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Tests.Receiving;

public sealed class InboundMessageTests
{
    [Fact]
    public async Task The_app_is_asked_with_every_parameter_in_twilios_order()
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Empty);
        var sid = house.TextIn("94107");
        await house.AdvanceAsync(1);

        var request = house.App.Requests.Should().ContainSingle().Subject;
        request.IsSigned.Should().BeTrue();
        request.Request.Parameters.Select(p => p.Key).Should().Equal(
            "ToCountry", "ToState", "SmsMessageSid", "NumMedia", "ToCity", "FromZip", "SmsSid", "FromState", "SmsStatus", "FromCity",
            "Body", "FromCountry", "To", "ToZip",
            "NumSegments", "MessageSid", "AccountSid", "From", "ApiVersion");
        (request["MessageSid"], request["Body"], request["From"], request["To"], request["SmsStatus"]).Should()
            .Be((sid, "94107", MessagingHouse.Phone, MessagingHouse.Number, "received"));
        (request["FromCity"], request["FromState"], request["FromZip"], request["FromCountry"])
            .Should().Be(("SAN FRANCISCO", "CA", "94101", "US"));
        (await house.Rest.GetAsync($"Messages/{sid}.json"))["direction"].Should().Be("inbound");
    }

    [Fact]
    public async Task An_app_is_told_of_five_hundred_texts_a_second_to_one_number_and_the_rest_waits_in_order()
    {
        const string Other = "+14155550101";
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Empty);
        house.Do(() => house.Rest.Numbers.Add(
            Accounts.Directory.AccountBook.DefaultSid,
            new Accounts.Numbers.PhoneNumberSpec
            {
                Number = Other,
                Parameters = new Dictionary<string,
                string>
                { ["SmsUrl"] = "http://app/sms" }
            }));
        var sids = new List<string>();
        house.Do(() =>
        {
            for (var i = 0; i < 1_200; i++) sids.Add(house.Rest.Handsets.Text($"+1212555{i:0000}", MessagingHouse.Number, "hi", [])!);
            house.Rest.Handsets.Text("+12125550000", Other, "hi", []);
        });
        await house.AdvanceAsync(10);
        var told = (await house.Rest.EntriesAsync("webhook.sent")).ToLookup(e => sids.Contains(e.Subject));
        told[false].Should().ContainSingle().Which.At.Should().Be(Kernel.WorldOptions.StoryStart, "another number has a pace of its own");
        told[true].Select(e => e.Subject).Should().Equal(sids);
        told[true].GroupBy(e => (e.At - Kernel.WorldOptions.StoryStart).TotalSeconds).Select(g => (g.Key, g.Count()))
            .Should().Equal((0, 500), (1, 500), (2, 200));
    }

    [Theory]
    [InlineData("AC00000000000000000000000000000001", "Flows/FW00000000000000000000000000000001", true)]
    [InlineData("AC00000000000000000000000000000001", "Flows/FW00000000000000000000000000000001?FlowEvent=return", true)]
    [InlineData("AC00000000000000000000000000000001", "Autopilot/UA00000000000000000000000000000001", true)]
    [InlineData("AC00000000000000000000000000000009", "Flows/FW00000000000000000000000000000001", false)]
    public async Task A_number_that_points_to_twilios_own_webhooks_asks_nobody_outside_and_says_what_is_not_run_here(
        string account, string path, bool isTold)
    {
        await using var house = new MessagingHouse($"https://webhooks.twilio.com/v1/Accounts/{account}/{path}");
        var sid = house.TextIn("hi");
        await house.AdvanceAsync(1);
        var told = await house.Rest.EntriesAsync("not_emulated");
        told.Select(e => e.Subject).Should().Equal(isTold ? [sid] : []);
        if (path.StartsWith("Flows") && isTold)
        {
            told[0].ToJson().Should().Contain("Studio").And.Contain("FW00000000000000000000000000000001");
        }
        (await house.Rest.EntriesAsync("alert")).Should().ContainSingle().Which.ToJson().Should().Contain("11200");
    }

    [Fact]
    public async Task Media_come_with_their_type_and_the_apis_own_link()
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Empty);
        var sid = house.TextIn("look", "http://phone/cat.png");
        await house.AdvanceAsync(1);

        var request = house.App.Requests.Should().ContainSingle().Subject;
        sid.Should().StartWith("MM");
        (request["NumMedia"], request["MediaContentType0"]).Should().Be(("1", "image/png"));
        request["MediaUrl0"]
            .Should().StartWith($"http://emulator/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages/{sid}/Media/ME");
        var media = await house.Rest.GetAsync($"Messages/{sid}/Media.json");
        media.Json.GetProperty("media_list")[0].GetProperty("content_type").GetString().Should().Be("image/png");
    }

    [Theory]
    [InlineData("<Response><Message>Sunny</Message></Response>", "text/xml")]
    [InlineData("\n\n <Response>\n<Message><Body>Sun</Body><Body>ny</Body></Message></Response>", "text/html; charset=utf-8")]
    [InlineData("<Response><Sms>Sunny</Sms></Response>", "application/xml")]
    [InlineData("Sunny", "text/plain")]
    public async Task An_answer_goes_back_to_the_phone_through_the_queue(string body, string contentType)
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", new AppAnswer(200, contentType, body));
        house.TextIn("weather?");
        await house.AdvanceAsync(5);
        house.Received().Should().Equal("Sunny");
        (await house.Rest.GetAsync("Messages.json?To=%2B14155550199")).Json.GetProperty("messages")[0].GetProperty("direction").GetString()
            .Should().Be("outbound-reply");
    }

    [Theory]
    [InlineData("<Response/>", "text/xml")]
    [InlineData("", "text/xml")]
    [InlineData("", "text/plain")]
    public async Task An_empty_answer_says_nothing(string body, string contentType)
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", new AppAnswer(200, contentType, body));
        house.TextIn("hello?");
        await house.AdvanceAsync(5);
        house.Received().Should().BeEmpty();
    }

    [Theory]
    [InlineData(500, "text/xml", "<Response/>", 11200)]
    [InlineData(200, "application/json", "{}", 12300)]
    [InlineData(200, "text/xml", "<Response><Message>", 12100)]
    [InlineData(200, "text/xml", "<Answer/>", 12102)]
    [InlineData(200, "audio/mpeg", "x", 12300)]
    public async Task A_useless_answer_is_an_alert_and_sends_the_text_to_the_fallback(int status, string contentType, string body, int code)
    {
        await using var house = new MessagingHouse("http://app/sms", "http://app/fallback");
        house.App.On("/sms", new AppAnswer(status, contentType, body))
            .On("/fallback", FakeApp.Twiml("<Response><Message>Plan B</Message></Response>"));
        house.TextIn("hello?");
        await house.AdvanceAsync(5);

        (await house.AlertsAsync()).Should().Equal(code);
        var fallback = house.App.Requests[^1];
        (fallback["ErrorCode"], fallback["ErrorUrl"], fallback["Body"]).Should().Be(($"{code}", "http://app/sms", "hello?"));
        house.Received().Should().Equal("Plan B");
    }

    [Fact]
    public async Task A_fallback_that_fails_too_ends_it()
    {
        await using var house = new MessagingHouse("http://app/sms", "http://app/fallback");
        house.App.On("/sms", new AppAnswer(500, null, "")).On("/fallback", new AppAnswer(500, null, ""));
        house.TextIn("hello?");
        await house.AdvanceAsync(60);
        house.App.Requests.Should().HaveCount(2);
        house.Received().Should().BeEmpty();
    }

    [Fact]
    public async Task An_app_that_takes_longer_than_fifteen_seconds_is_given_up()
    {
        await using var house = new MessagingHouse("http://app/sms", "http://app/fallback");
        house.App.On("/sms", async (_, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(20), house.Rest.World.Clock, cancellation);
            return FakeApp.Twiml("<Response><Message>Too late</Message></Response>");
        }).On("/fallback", FakeApp.Twiml("<Response><Message>Plan B</Message></Response>"));
        house.TextIn("hello?");
        await house.AdvanceAsync(60);
        house.Received().Should().Equal("Plan B");
    }

    [Fact]
    public async Task A_redirect_is_followed_relative_to_its_document_and_asked_with_the_texts_parameters()
    {
        await using var house = new MessagingHouse("http://app/in/sms");
        house.App.On(
            "/in/sms", FakeApp.Twiml("<Response><Redirect method='GET'>./next?step=2</Redirect><Message>never</Message></Response>"))
            .On("/in/next", FakeApp.Twiml("<Response><Message>Here</Message></Response>"));
        house.TextIn("hello?");
        await house.AdvanceAsync(5);
        (house.App.Requests[1].Method, house.App.Requests[1]["Body"], house.App.Requests[1]["step"]).Should().Be(("GET", "hello?", "2"));
        house.Received().Should().Equal("Here");
    }

    [Fact]
    public async Task Redirects_in_a_circle_end_with_14106()
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Twiml("<Response><Redirect/></Response>"));
        house.TextIn("hello?");
        await house.AdvanceAsync(60);
        house.App.Requests.Should().HaveCount(50);
        (await house.AlertsAsync()).Should().Equal(14106);
    }

    [Fact]
    public async Task A_redirect_without_a_url_asks_the_document_again_with_its_credentials()
    {
        await using var house = new MessagingHouse("http://u:p@app/sms");
        var documents = 0;
        house.App.On("/sms", request => !request.Headers.Any(h => h.Key == "Authorization")
            ? new AppAnswer(401, "text/plain", "") { Headers = [new("WWW-Authenticate", "Basic realm=\"app\"")] }
            : FakeApp.Twiml(documents++ == 0 ? "<Response><Redirect/></Response>" : "<Response><Message>Here</Message></Response>"));
        house.TextIn("hello?");
        await house.AdvanceAsync(5);
        house.Received().Should().Equal("Here");
    }

    [Fact]
    public async Task An_action_is_asked_once_the_message_has_left_and_its_answer_goes_on()
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Twiml("<Response><Message action='/sent'>One</Message><Message>never</Message></Response>"))
            .On("/sent", FakeApp.Twiml("<Response><Message>Two</Message></Response>"));
        house.TextIn("hello?");
        await house.AdvanceAsync(10);
        house.App.Requests[^1]["MessageStatus"].Should().Be("sent");
        house.Received().Should().Equal("One", "Two");
    }

    [Fact]
    public async Task A_reply_tells_its_status_callback()
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Twiml("<Response><Message statusCallback='/status'>One</Message></Response>"))
            .On("/status", FakeApp.Empty);
        house.TextIn("hello?");
        await house.AdvanceAsync(10);
        house.App.Requests.Skip(1).Select(r => r["MessageStatus"]).Should().Equal("sending", "sent", "delivered");
    }

    [Theory]
    [InlineData("<Message to='nobody'>x</Message>", 14101)]
    [InlineData("<Message from='nobody'>x</Message>", 14102)]
    [InlineData("<Message from='+14155559999'>x</Message>", 14108)]
    [InlineData("<Message></Message>", 14103)]
    [InlineData("<Message statusCallback='ftp://x'>x</Message>", 14105)]
    [InlineData("<Say>x</Say>", 12200)]
    [InlineData("<Nonsense/>", 12200)]
    public async Task A_bad_verb_is_an_alert_with_its_code_and_the_rest_goes_on(string verb, int code)
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Twiml($"<Response>{verb}<Message>still here</Message></Response>"));
        house.TextIn("hello?");
        await house.AdvanceAsync(5);
        (await house.AlertsAsync()).Should().Equal(code);
        house.Received().Should().Equal("still here");
    }

    [Theory]
    [InlineData("<Message to='nobody'>x</Message>", "warning")]
    [InlineData("<Message></Message>", "warning")]
    [InlineData("<Message from='+14155559999'>x</Message>", "warning")]
    public async Task What_is_wrong_with_a_reply_is_a_warning(string verb, string level)
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Twiml($"<Response>{verb}</Response>"));
        house.TextIn("hello?");
        await house.AdvanceAsync(5);
        (await house.Rest.EntriesAsync("alert")).Should().ContainSingle().Which.ToJson().Should().Contain($"\"level\":\"{level}\"");
    }

    [Fact]
    public async Task An_answer_of_words_alone_under_an_xml_type_is_12200_a_warning_without_reply_or_fallback()
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", new AppAnswer(200, "text/html; charset=utf-8", "OK"));
        house.TextIn("hello?");
        await house.AdvanceAsync(5);
        (await house.AlertsAsync()).Should().Equal(12200);
        house.App.Requests.Should().ContainSingle();
        house.Received().Should().BeEmpty();
    }

    [Fact]
    public async Task A_newline_before_the_xml_declaration_is_12100()
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Twiml("\n<?xml version=\"1.0\"?><Response><Message>hi</Message></Response>"));
        house.TextIn("hello?");
        await house.AdvanceAsync(5);
        (await house.AlertsAsync()).Should().Equal(12100);
        house.Received().Should().BeEmpty();
    }

    [Fact]
    public async Task A_number_without_an_sms_url_says_so_with_the_cure()
    {
        await using var house = new MessagingHouse("");
        house.TextIn("hello?");
        await house.AdvanceAsync(1);
        (await house.Rest.EntriesAsync("warning"))
            .Should().ContainSingle().Which.ToJson().Should().Contain("sms_url").And.Contain("SmsUrl");
    }

    [Fact]
    public async Task Segments_of_an_inbound_text_with_media_are_its_media()
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Empty);
        house.TextIn("", "http://phone/1.png", "http://phone/2.png", "http://phone/3.png");
        await house.AdvanceAsync(1);
        (house.App.Requests[0]["NumMedia"], house.App.Requests[0]["NumSegments"]).Should().Be(("3", "3"));
    }

    [Fact]
    public async Task A_number_with_an_application_is_answered_by_it_and_not_by_its_own_url()
    {
        await using var house = new MessagingHouse("http://app/own");
        house.App.On("/app-sms", FakeApp.Twiml("<Response><Message>from the app</Message></Response>"));
        var app = (await house.Rest.PostAsync("Applications.json", "FriendlyName", "Mine", "SmsUrl", "http://app/app-sms"))["sid"]!;
        var number = (await house.Rest.GetAsync("IncomingPhoneNumbers.json")).Json.GetProperty("incoming_phone_numbers")[0]
            .GetProperty("sid").GetString();
        (await house.Rest.PostAsync($"IncomingPhoneNumbers/{number}.json", "SmsApplicationSid", app)).Status.Should().Be(200);
        house.TextIn("hello?");
        await house.AdvanceAsync(5);
        house.App.Requests.Should().ContainSingle().Which.Path.Should().Be("/app-sms");
        house.Received().Should().Equal("from the app");
    }

    [Fact]
    public async Task A_message_with_an_application_tells_it_of_its_changes()
    {
        await using var house = new MessagingHouse();
        house.App.On("/status", FakeApp.Empty);
        var app = (await house.Rest.PostAsync(
            "Applications.json", "FriendlyName", "Mine", "MessageStatusCallback", "http://app/status"))["sid"]!;
        (await house.PostAsync("Hello", "ApplicationSid", app)).Status.Should().Be(201);
        (await house.PostAsync("Hello", "ApplicationSid", "AP00000000000000000000000000000000")).Code.Should().Be(21218);
        await house.AdvanceAsync(5);
        house.App.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_number_without_a_url_keeps_the_text_and_asks_nobody()
    {
        await using var house = new MessagingHouse();
        var sid = house.TextIn("anybody?");
        await house.AdvanceAsync(1);
        house.App.Requests.Should().BeEmpty();
        (await house.Rest.GetAsync($"Messages/{sid}.json"))["status"].Should().Be("received");
    }

    [Fact]
    public async Task The_same_story_told_twice_gives_the_same_journal_byte_for_byte()
    {
        (await TellAsync(7)).Should().Equal(await TellAsync(7));
        (await TellAsync(7)).Should().NotEqual(await TellAsync(8));
    }

    private static async Task<List<string>> TellAsync(long seed)
    {
        await using var house = new MessagingHouse("http://app/sms", world: House.UsualWorld with { Seed = seed });
        house.App.On("/sms", FakeApp.Twiml("<Response><Message statusCallback='/status'>Hi</Message></Response>"))
            .On("/status", FakeApp.Empty);
        for (var i = 0; i < 5; i++)
        {
            house.TextIn($"text {i}");
            await house.PostAsync($"post {i}", "StatusCallback", "http://app/status");
        }
        await house.AdvanceAsync(60);
        return await house.Rest.World.Loop.RunAsync(() => house.Rest.World.Journal.After(0).Select(e => e.ToJson()).ToList(), default);
    }
}
