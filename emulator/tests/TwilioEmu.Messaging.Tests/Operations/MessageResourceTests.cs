using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests.Operations;

public sealed class MessageResourceTests : IAsyncDisposable
{
    private readonly MessagingHouse _house = new(messagesPerSecond: 100);

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData(1, "-0.00830")]
    [InlineData(161, "-0.01660")]
    public async Task A_price_is_null_until_the_message_is_sent_and_then_a_charge_by_the_segment(int length, string price)
    {
        await using var house = new MessagingHouse();
        var posted = await house.PostAsync(new string('x', length));
        (posted["price"], posted["price_unit"]).Should().Be((null, "USD"));
        await house.AdvanceAsync(10);
        (await house.Rest.GetAsync($"Messages/{posted["sid"]}.json"))["price"].Should().Be(price);
    }

    [Fact]
    public async Task A_message_that_failed_has_no_price()
    {
        await using var house = new MessagingHouse();
        house.Behave(new Carrier.Handsets.DeliveryReport(Carrier.Handsets.DeliveryOutcome.Failed, 30006));
        var posted = await house.PostAsync("hi");
        await house.AdvanceAsync(10);
        var fetched = await house.Rest.GetAsync($"Messages/{posted["sid"]}.json");
        (fetched["status"], fetched["price"]).Should().Be(("failed", null));
    }

    [Theory]
    [InlineData("MessagingServiceSid", "MG00000000000000000000000000000000", 21701)]
    [InlineData("From", "MG00000000000000000000000000000000", 21701)]
    [InlineData("MessagingServiceSid", "MG1", 21705)]
    [InlineData("ContentSid", "HX00000000000000000000000000000000", 21655)]
    [InlineData("ContentSid", "HX1", 21655)]
    public async Task What_is_named_and_not_there_is_the_apps_fault(string parameter, string value, int code)
    {
        string[] sender = parameter == "ContentSid" ? ["From", MessagingHouse.Number] : [];
        (await _house.Rest.PostAsync("Messages.json", [parameter, value, .. sender, "To", MessagingHouse.Phone, "Body", "hi"])).Code
            .Should().Be(code);
    }

    [Fact]
    public async Task A_created_message_shows_every_property_in_the_documents_order()
    {
        var answer = await _house.PostAsync("Hello");
        answer.Status.Should().Be(201);
        answer.Json.EnumerateObject().Select(p => p.Name).Should().Equal(
            "body", "num_segments", "direction", "from", "to", "date_updated", "price", "error_message", "uri", "account_sid",
            "num_media", "status",
            "messaging_service_sid", "sid", "date_sent", "date_created", "error_code", "price_unit", "api_version", "subresource_uris");
        answer["num_segments"].Should().Be("1");
        answer.Json.GetProperty("num_segments").ValueKind.Should().Be(JsonValueKind.String);
        answer["date_created"].Should().Be("Mon, 05 Jan 2026 09:00:00 +0000");
        (answer["date_sent"], answer["price"], answer["error_code"]).Should().Be((null, null, null));
    }

    [Fact]
    public async Task A_number_of_nobody_is_21659_and_one_of_another_account_21660()
    {
        var refused = await _house.Rest.PostAsync("Messages.json", "To", MessagingHouse.Phone, "From", "+14155559999", "Body", "x");
        (refused.Code, refused["message"])
            .Should().Be((21659, "'From' +14155559999 is not a Twilio phone number or Short Code country mismatch"));
        _house.Do(() =>
        {
            var other = _house.Rest.Accounts.Create(new AccountSpec { FriendlyName = "Other" });
            _house.Rest.Numbers.Add(other.Sid, new PhoneNumberSpec { Number = "+14155559999" });
        });
        (await _house.Rest.PostAsync("Messages.json", "To", MessagingHouse.Phone, "From", "+14155559999", "Body", "x")).Code
            .Should().Be(21660);
    }

    [Fact]
    public async Task An_alphanumeric_sender_reaches_other_countries_but_not_north_america()
    {
        (await _house.Rest.PostAsync("Messages.json", "To", "+447700900123", "From", "WEATHER", "Body", "x")).Status.Should().Be(201);
        (await _house.Rest.PostAsync("Messages.json", "To", MessagingHouse.Phone, "From", "WEATHER", "Body", "x")).Code.Should().Be(21612);
    }

    [Fact]
    public async Task A_message_on_its_way_can_be_neither_redacted_nor_deleted()
    {
        var sid = (await _house.PostAsync("Hello"))["sid"];
        var redact = await _house.Rest.PostAsync($"Messages/{sid}.json", "Body", "");
        var delete = await _house.Rest.DeleteAsync($"Messages/{sid}.json");
        (redact.Status, redact.Code, delete.Status, delete.Code).Should().Be((409, 20009, 409, 20009));
    }

    [Fact]
    public async Task A_finished_message_is_redacted_then_deleted_then_gone()
    {
        var sid = (await _house.PostAsync("Hello"))["sid"];
        await _house.AdvanceAsync(5);
        var redacted = await _house.Rest.PostAsync($"Messages/{sid}.json", "Body", "");
        (redacted.Status, redacted["body"]).Should().Be((200, ""));
        (await _house.Rest.DeleteAsync($"Messages/{sid}.json")).Status.Should().Be(204);
        (await _house.Rest.GetAsync($"Messages/{sid}.json")).Code.Should().Be(20404);
        (await _house.Rest.DeleteAsync($"Messages/{sid}.json")).Code.Should().Be(20404);
    }

    [Fact]
    public async Task A_message_that_is_not_scheduled_cannot_be_cancelled() =>
        (await _house.Rest.PostAsync($"Messages/{(await _house.PostAsync("Hello"))["sid"]}.json", "Status", "canceled")).Code
            .Should().Be(30409);

    [Fact]
    public async Task Lists_come_newest_first_and_filter_by_to_from_and_day()
    {
        await _house.PostAsync("first");
        await _house.AdvanceAsync(24 * 3600);
        await _house.PostAsync("second");
        await _house.AdvanceAsync(5);

        (await BodiesAsync("")).Should().Equal("second", "first");
        (await BodiesAsync("?DateSent=2026-01-05")).Should().Equal("first");
        (await BodiesAsync("?DateSent%3E=2026-01-06")).Should().Equal("second");
        (await BodiesAsync("?DateSent%3C=2026-01-05")).Should().Equal("first");
        (await BodiesAsync("?To=%2B14155550199&From=%2B14155550100")).Should().HaveCount(2);
        (await BodiesAsync("?To=%2B14155550100")).Should().BeEmpty();
    }

    [Fact]
    public async Task Pages_stay_stable_while_messages_are_added()
    {
        for (var i = 0; i < 5; i++) await _house.PostAsync($"{i}");
        var first = await _house.Rest.GetAsync("Messages.json?PageSize=2");
        await _house.PostAsync("late");
        var second = await _house.Rest.GetAsync(first["next_page_uri"]!);
        Bodies(first).Concat(Bodies(second)).Should().Equal("4", "3", "2", "1");
    }

    [Fact]
    public async Task Feedback_is_taken_only_when_it_was_announced()
    {
        var silent = (await _house.PostAsync("Hello"))["sid"];
        (await _house.Rest.PostAsync($"Messages/{silent}/Feedback.json", "Outcome", "confirmed")).Status.Should().Be(400);
        var sid = (await _house.PostAsync("Hello", "ProvideFeedback", "true"))["sid"];
        var given = await _house.Rest.PostAsync($"Messages/{sid}/Feedback.json", "Outcome", "confirmed");
        (given.Status, given["outcome"], given["message_sid"]).Should().Be((200, "confirmed", sid));
    }

    private async Task<List<string>> BodiesAsync(string query) => Bodies(await _house.Rest.GetAsync("Messages.json" + query));

    private static List<string> Bodies(RestAnswer list) =>
        [.. list.Json.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString()!)];
}
