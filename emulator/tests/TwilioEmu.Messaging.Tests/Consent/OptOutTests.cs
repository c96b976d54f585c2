using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Tests.Services;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests.Consent;

public sealed class OptOutTests
{
    private const string Stopped =
        "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.";
    private const string Second = "+14155550101";
    private const string TollFree = "+18335550100";

    [Theory]
    [InlineData("STOP")]
    [InlineData("stopall")]
    [InlineData(" Unsubscribe\n")]
    [InlineData("CANCEL")]
    [InlineData("End")]
    [InlineData("QUIT")]
    [InlineData("REVOKE")]
    [InlineData("OPTOUT")]
    public async Task A_keyword_stops_what_the_number_sends_and_the_app_hears_of_it(string word)
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Empty);
        house.TextIn(word);
        await house.AdvanceAsync(5);
        house.Received().Should().Equal(Stopped);
        house.App.Requests.Should().ContainSingle().Which["Body"].Should().Be(word);
        house.App.Requests[0]["OptOutType"].Should().BeNull();
        var refused = await house.PostAsync("still there?");
        (refused.Status, refused.Code, refused["message"]).Should().Be((400, 21610, "Attempt to send to unsubscribed recipient"));
    }

    [Theory]
    [InlineData("STOP please")]
    [InlineData("don't stop")]
    [InlineData("")]
    [InlineData("YES")]
    public async Task Words_among_others_are_no_keywords_and_yes_is_one_only_to_who_is_out(string body)
    {
        await using var house = new MessagingHouse();
        house.TextIn(body);
        await house.AdvanceAsync(5);
        house.Received().Should().BeEmpty();
        (await house.PostAsync("hello")).Status.Should().Be(201);
    }

    [Theory]
    [InlineData("START")]
    [InlineData("yes")]
    [InlineData("Unstop")]
    public async Task A_keyword_opts_in_again(string word)
    {
        await using var house = new MessagingHouse();
        house.TextIn("STOP");
        house.TextIn(word);
        (await house.PostAsync("hello")).Status.Should().Be(201);
        await house.AdvanceAsync(5);
        house.Received().Should().HaveCount(3).And.Contain(b => b.StartsWith("You have successfully been re-subscribed"));
    }

    [Fact]
    public async Task Help_is_answered_unless_the_phone_is_out()
    {
        await using var house = new MessagingHouse();
        house.TextIn("help");
        house.TextIn("STOP");
        house.TextIn("INFO");
        house.TextIn("STOP");
        await house.AdvanceAsync(5);
        house.Received().Should().Equal("Reply STOP to unsubscribe. Msg&Data Rates May Apply.", Stopped);
    }

    [Fact]
    public async Task Replies_of_the_service_are_no_messages_and_cost_nothing()
    {
        await using var house = new MessagingHouse();
        house.TextIn("STOP");
        await house.AdvanceAsync(5);
        (await house.Rest.GetAsync("Messages.json")).Json.GetProperty("messages")
            .EnumerateArray().Select(m => m.GetProperty("direction").GetString()).Should().Equal("inbound");
    }

    [Fact]
    public async Task A_stop_to_a_plain_number_is_about_that_number_alone()
    {
        await using var house = new MessagingHouse();
        Add(house, Second);
        house.TextIn("STOP");
        (await house.Rest.PostAsync("Messages.json", "To", MessagingHouse.Phone, "From", Second, "Body", "hi")).Status.Should().Be(201);
    }

    [Fact]
    public async Task A_stop_to_a_number_in_a_service_is_about_the_whole_service()
    {
        await using var house = new MessagingHouse();
        Add(house, Second);
        var service = await ServiceHouse.CreateAsync(house, MessagingHouse.Number, Second);
        house.TextIn("STOP");
        (await house.Rest.PostAsync("Messages.json", "To", MessagingHouse.Phone, "From", Second, "Body", "hi")).Code.Should().Be(21610);
        var accepted = await house.Rest.PostAsync(
            "Messages.json", "To", MessagingHouse.Phone, "MessagingServiceSid", service, "Body", "hi");
        (accepted.Status, accepted["status"]).Should().Be((201, "accepted"));
        await house.AdvanceAsync(1);
        var failed = await house.Rest.GetAsync($"Messages/{accepted["sid"]}.json");
        (failed["status"], failed["error_code"]).Should().Be(("failed", "30630"));
    }

    [Fact]
    public async Task A_reply_to_a_stop_is_21610_in_the_debugger()
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Twiml("<Response><Message>You are out</Message></Response>"));
        house.TextIn("STOP");
        await house.AdvanceAsync(5);
        (await house.AlertsAsync()).Should().Equal(21610);
        house.Received().Should().Equal(Stopped);
    }

    [Fact]
    public async Task The_network_answers_for_a_toll_free_number_and_lifts_its_block_for_unstop_only()
    {
        await using var house = new MessagingHouse();
        Add(house, TollFree);
        Text(house, TollFree, "stop");
        await house.AdvanceAsync(5);
        house.Received().Should().ContainSingle().Which.Should().StartWith("NETWORK MSG: You replied with the word \"stop\"");
        (await SendAsync(house, TollFree)).Code.Should().Be(21610);

        Text(house, TollFree, "YES");
        var blocked = (await SendAsync(house, TollFree))["sid"];
        await house.AdvanceAsync(5);
        var undelivered = await house.Rest.GetAsync($"Messages/{blocked}.json");
        (undelivered["status"], undelivered["error_code"]).Should().Be(("undelivered", "30004"));

        Text(house, TollFree, "UNSTOP");
        var sent = (await SendAsync(house, TollFree))["sid"];
        await house.AdvanceAsync(5);
        (await house.Rest.GetAsync($"Messages/{sent}.json"))["status"].Should().Be("delivered");
        house.Received()
            .Should().Contain("NETWORK MSG: You have replied \"unstop\" and will begin receiving messages again from this number.");
    }

    [Fact]
    public async Task A_short_code_by_itself_has_no_keywords()
    {
        await using var house = new MessagingHouse();
        Add(house, "12345");
        Text(house, "12345", "STOP");
        await house.AdvanceAsync(5);
        house.Received().Should().BeEmpty();
        (await SendAsync(house, "12345")).Status.Should().Be(201);
    }

    [Fact]
    public async Task Advanced_opt_out_has_keywords_of_its_own_by_country_and_tells_the_app_their_type()
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Empty);
        var service = await ServiceHouse.CreateAsync(house, MessagingHouse.Number);
        await house.Rest.PostMessagingAsync($"/v1/Services/{service}", "UseInboundWebhookOnNumber", "true");
        house.SetOptOut(service, new(KeywordType.Stop, ["ARRET"], "Au revoir", null), new(KeywordType.Stop, [], "Bye, America", "US"),
            new(KeywordType.Help, ["AIDE"], "Aidez-vous", "CA"));
        house.TextIn("arret");
        house.TextIn("START");
        house.TextIn("STOP");
        house.TextIn("AIDE");
        await house.AdvanceAsync(5);
        house.App.Requests.Select(r => r["OptOutType"]).Should().Equal("STOP", "START", "STOP", null);
        house.Received().Where(b => !b.StartsWith("You have")).Should().Equal("Au revoir", "Bye, America");
    }

    /// <remarks>help.twilio.com 360034798533: an app that cancels appointments takes CANCEL from the keywords, so that it is the app's word.</remarks>
    [Fact]
    public async Task Advanced_opt_out_may_take_usual_keywords_away()
    {
        await using var house = new MessagingHouse("http://app/sms");
        house.App.On("/sms", FakeApp.Empty);
        var service = await ServiceHouse.CreateAsync(house, MessagingHouse.Number);
        await house.Rest.PostMessagingAsync($"/v1/Services/{service}", "UseInboundWebhookOnNumber", "true");
        house.SetOptOut(service, new OptOutRule(KeywordType.Stop, [], null, null) { Without = ["CANCEL"] }, new OptOutRule(KeywordType.Start, [], null, "CA") { Without = ["YES"] });
        house.TextIn("Cancel");
        (await house.PostAsync("Your appointment is cancelled")).Status.Should().Be(201);
        house.TextIn("QUIT");
        (await house.PostAsync("still there?")).Code.Should().Be(21610);
        house.TextIn("yes");
        (await house.PostAsync("welcome back")).Status.Should().Be(201, "the words of another country are its own");
        await house.AdvanceAsync(5);
        house.App.Requests.Select(r => r["OptOutType"]).Should().Equal(null, "STOP", "START");
    }

    [Fact]
    public async Task The_consent_api_opts_out_and_in_and_says_what_is_wrong_item_by_item()
    {
        await using var house = new MessagingHouse();
        var answer = await ConsentAsync(
            house, Item(MessagingHouse.Phone, MessagingHouse.Number, "opt-out", "website"),
            Item("+19", "123456", "maybe", "hearsay", "2025-03-25"), "no json");
        answer.Status.Should().Be(201);
        var items = answer.Json.GetProperty("items").EnumerateArray().Select(i => (
            i.GetProperty("error_code").GetInt32(),
            string.Join(",", i.GetProperty("error_messages").EnumerateArray().Select(m => m.GetString())))).ToList();
        items.Should().Equal(
            (0, ""), (30646, "INVALID_CONTACT_ID,INVALID_SENDER_ID,INVALID_STATUS,INVALID_SOURCE,INVALID_DATE_OF_CONSENT"),
            (30646, "INVALID_ITEM"));
        (await house.PostAsync("hi")).Code.Should().Be(21610);
        await ConsentAsync(house, Item(MessagingHouse.Phone, MessagingHouse.Number, "opt-in", "website"));
        (await house.PostAsync("hi")).Status.Should().Be(201);
        (await ConsentAsync(
            house, [.. Enumerable.Repeat(Item(MessagingHouse.Phone, MessagingHouse.Number, "opt-in", "website"), 26)])).Status
                .Should().Be(400);
    }

    private static string Item(string contact, string sender, string status, string source, string? date = null) =>
        $$"""{"contact_id":"{{contact}}","correlation_id":"ad388b5a46b33b874b0d41f7226db2ef","sender_id":"{{sender}}","status":"{{status}}","source":"{{source}}"{{(date is null ? "" : $",\"date_of_consent\":\"{date}\"")}}}""";

    private static Task<RestAnswer> ConsentAsync(MessagingHouse house, params string[] items) => house.Rest.SendAsync(
        "POST", "/v1/Consents/Bulk", string.Join('&', items.Select(i => "Items=" + Uri.EscapeDataString(i))),
        "application/x-www-form-urlencoded", host: "accounts.twilio.com");

    private static void Add(MessagingHouse house, string number) =>
        house.Do(() => house.Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec { Number = number }));

    private static void Text(MessagingHouse house, string to, string body) =>
        house.Do(() => house.Rest.Handsets.Text(MessagingHouse.Phone, to, body, []));

    private static Task<RestAnswer> SendAsync(MessagingHouse house, string from) =>
        house.Rest.PostAsync("Messages.json", "To", MessagingHouse.Phone, "From", from, "Body", "hi");
}
