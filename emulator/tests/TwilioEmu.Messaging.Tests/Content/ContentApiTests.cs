using TwilioEmu.Accounts.Registrations;
using TwilioEmu.Messaging.Tests.Channels;
using TwilioEmu.Testing.Houses;

namespace TwilioEmu.Messaging.Tests.Content;

public sealed class ContentApiTests : IAsyncDisposable
{
    private readonly MessagingHouse _house = new(registrations: new RegistrationRules { After = TimeSpan.FromSeconds(10) });

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData("""{}""", "one content type")]
    [InlineData("""{"twilio/text":{"body":"1601"}}""", "at most 1600")]
    [InlineData("""{"twilio/media":{"media":[]}}""", "media has 0")]
    [InlineData("""{"twilio/location":{"latitude":91,"longitude":0}}""", "latitude is 91")]
    [InlineData("""{"twilio/quick-reply":{"body":"x","actions":[]}}""", "actions has 0")]
    [InlineData("""{"twilio/quick-reply":{"body":"x","actions":[{"title":"12345678901234567890123456"}]}}""", "title has 26")]
    [InlineData("""{"twilio/call-to-action":{"body":"x","actions":[{"type":"URL","title":"x"}]}}""", "needs url")]
    [InlineData("""{"twilio/call-to-action":{"body":"x","actions":[{"type":"PHONE_NUMBER","title":"x"}]}}""", "needs phone")]
    [InlineData(
        """{"twilio/list-picker":{"body":"x","button":"x","items":[{"id":"1","item":"1234567890123456789012345"}]}}""", "item has 25")]
    [InlineData("""{"twilio/card":{"title":"x"}}""", "one field beside")]
    [InlineData("""{"twilio/card":{"subtitle":"x","media":["http://app/a.png"]}}""", "a title or a body")]
    [InlineData("""{"twilio/carousel":{"body":"x","cards":[{"title":"a","body":"b","media":"m","actions":[{"type":"QUICK_REPLY","title":"A"}]}]}}""", "cards has 1")]
    [InlineData("""{"whatsapp/card":{"body":"x","header_text":"h","media":["http://app/a.png"]}}""", "not both")]
    [InlineData(
        """{"whatsapp/authentication":{"code_expiration_minutes":91,"actions":[{"type":"COPY_CODE","copy_code_text":"Copy"}]}}""",
        "1 to 90")]
    [InlineData("""{"twilio/text":{"body":"{{id name}}"}}""", "no name of a variable")]
    public async Task A_template_is_refused_for_what_its_types_may_not_be(string types, string words)
    {
        var answer = await ChannelHouse.PostContentAsync(
            _house, $$"""{"friendly_name":"x","language":"en","types":{{types.Replace("1601", new string('x', 1601))}} }""");
        (answer.Status, answer.Code).Should().Be((400, 20001));
        answer["message"].Should().Contain(words);
    }

    [Fact]
    public async Task A_template_that_is_submitted_is_received_then_pending_then_approved()
    {
        var sid = await ChannelHouse.TemplateAsync(_house);
        (await StatusAsync(sid)).Should().Be("unsubmitted");
        var submitted = await SubmitAsync(sid, """{"name":"invitation_1","category":"UTILITY"}""");
        (submitted.Status, submitted["status"], submitted["name"], submitted["category"], submitted["content_type"])
            .Should().Be((201, "received", "invitation_1", "UTILITY", "twilio/quick-reply"));
        await _house.AdvanceAsync(10);
        (await StatusAsync(sid)).Should().Be("pending");
        await _house.AdvanceAsync(10);
        (await StatusAsync(sid)).Should().Be("approved");
        (await SubmitAsync(sid, """{"name":"again","category":"UTILITY"}""")).Code.Should().Be(20409);
        (await _house.Rest.SendAsync(
            "PUT", $"/v1/Content/{sid}", """{"friendly_name":"other","language":"en","types":{"twilio/text":{"body":"x"}}}""",
            "application/json", host: "content.twilio.com")).Status.Should().Be(200);
        (await StatusAsync(sid)).Should().Be("unsubmitted");
    }

    [Theory]
    [InlineData("{{1}} is the word", """{"1":"this"}""")]
    [InlineData("say {{1}}{{2}} now", """{"1":"a","2":"b"}""")]
    [InlineData("say {{1}} now", "{}")]
    public async Task Variables_at_an_end_side_by_side_or_without_a_sample_are_rejected(string body, string variables)
    {
        var sid = await ChannelHouse.TemplateAsync(_house, $$"""{"twilio/text": {"body":"{{body}}"} }""", variables);
        await SubmitAsync(sid, """{"name":"x","category":"UTILITY"}""");
        await _house.AdvanceAsync(20);
        var approval = (await ChannelHouse.GetContentAsync(_house, $"/v1/Content/{sid}/ApprovalRequests")).Json.GetProperty("whatsapp");
        (approval.GetProperty("status").GetString(), approval.GetProperty("rejection_reason").GetString())
            .Should().Be(("rejected", "INVALID_FORMAT"));
    }

    [Theory]
    [InlineData("""{"name":"Upper","category":"UTILITY"}""")]
    [InlineData("""{"name":"x","category":"NEWS"}""")]
    [InlineData("""{"name":"x","category":"AUTHENTICATION"}""")]
    public async Task A_submission_has_a_plain_name_and_a_category_that_fits(string body)
    {
        var sid = await ChannelHouse.TemplateAsync(_house);
        var answer = await SubmitAsync(sid, body);
        (answer.Status, answer.Code).Should().Be((400, 20001));
    }

    [Fact]
    public async Task A_list_for_sessions_is_never_submitted()
    {
        var sid = await ChannelHouse.TemplateAsync(
            _house, """{"twilio/list-picker":{"body":"When?","button":"Days","items":[{"id":"1","item":"Monday"}]}}""", "{}");
        (await SubmitAsync(sid, """{"name":"x","category":"UTILITY"}""")).Status.Should().Be(400);
    }

    [Fact]
    public async Task Templates_are_listed_with_whatsapps_word_and_found_by_what_they_are()
    {
        var approved = await ChannelHouse.TemplateAsync(_house, approval: "approved");
        var plain = await ChannelHouse.TemplateAsync(_house, """{"twilio/text":{"body":"plain words"}}""", "{}");
        async Task<List<string>> Find(string query) =>
            [.. (await ChannelHouse.GetContentAsync(_house, query)).Json.GetProperty("contents")
                .EnumerateArray().Select(c => c.GetProperty("sid").GetString()!)];
        (await Find("/v1/ContentAndApprovals")).Should().Equal(plain, approved);
        (await Find("/v2/Content?Content=plain")).Should().Equal(plain);
        (await Find("/v2/Content?ContentType=twilio/quick-reply")).Should().Equal(approved);
        (await Find("/v2/ContentAndApprovals?ChannelEligibility=whatsapp:approved")).Should().Equal(approved);
        (await Find("/v2/Content?SortByDate=asc&PageSize=1")).Should().Equal(approved);
        var first = (await ChannelHouse.GetContentAsync(_house, "/v1/ContentAndApprovals")).Json.GetProperty("contents")[0];
        first.GetProperty("approval_requests").GetProperty("status").GetString().Should().Be("unsubmitted");
    }

    [Fact]
    public async Task A_deleted_template_is_sent_no_more()
    {
        var sid = await ChannelHouse.TemplateAsync(_house);
        (await _house.Rest.SendAsync("DELETE", $"/v1/Content/{sid}", null, null, host: "content.twilio.com")).Status.Should().Be(204);
        (await _house.Rest.PostAsync("Messages.json", "To", MessagingHouse.Phone, "From", MessagingHouse.Number, "ContentSid", sid)).Code
            .Should().Be(21655);
    }

    [Fact]
    public async Task By_sms_the_plain_text_goes_out_with_the_templates_own_values_where_none_are_given()
    {
        var sid = await ChannelHouse.TemplateAsync(_house);
        var sent = await _house.Rest.PostAsync(
            "Messages.json", "To", MessagingHouse.Phone, "From", MessagingHouse.Number, "ContentSid", sid);
        (sent["body"], sent["num_segments"]).Should().Be(("Hi you, coming? Text YES.", "1"));
        await _house.AdvanceAsync(5);
        _house.Received().Should().Equal("Hi you, coming? Text YES.");
    }

    [Fact]
    public async Task An_authentication_template_has_whatsapps_words_and_its_code_is_read()
    {
        ChannelHouse.AddSender(_house);
        var sid = await ChannelHouse.TemplateAsync(
            _house,
            """{"whatsapp/authentication":{"code_expiration_minutes":10,"actions":[{"type":"COPY_CODE","copy_code_text":"Copy"}]}}""",
            "{}", "approved");
        (await ChannelHouse.SendAsync(_house, "ContentSid", sid)).Code.Should().Be(21656);
        (await ChannelHouse.SendAsync(_house, "ContentSid", sid, "ContentVariables", """{"1":"482913","2":"Acme"}""")).Code
            .Should().Be(21656);
        var sent = await ChannelHouse.SendAsync(_house, "ContentSid", sid, "ContentVariables", """{"1":"482913"}""");
        sent["body"].Should().Be("*482913* is your verification code. For your security, do not share this code.");
        await _house.AdvanceAsync(5);
        _house.Do(() => _house.Rest.Handsets.Of(MessagingHouse.Phone).Codes.Single().Code.Should().Be("482913"));
    }

    /// <summary>What is planted is checked by nobody: it may be anything, and is sent, or refused, all the same.</summary>
    [Theory]
    [InlineData("""{"twilio/carousel":{"body":1,"cards":[1,"a",{"actions":[2,{}]}]}}""")]
    [InlineData("""{"twilio/card":{"media":"no list","actions":{"type":"URL"}}}""")]
    [InlineData("""{"twilio/location":{"latitude":"north"}}""")]
    [InlineData("""{"twilio/list-picker":{"items":[null,[]]}}""")]
    [InlineData("""{"whatsapp/authentication":{"actions":[7]}}""")]
    [InlineData("""{"twilio/text":{"body":"{{"}}""")]
    [InlineData("""[]""")]
    public async Task A_template_of_any_shape_breaks_nothing(string types)
    {
        const string Sid = "HX00000000000000000000000000000009";
        ChannelHouse.AddSender(_house);
        _house.Do(() =>
        {
            using var json = System.Text.Json.JsonDocument.Parse(
                $$"""{"sid":"{{Sid}}","friendly_name":"x","language":"en","types":{{types}} }""");
            _house.Rest.Door.PutResource(Accounts.Directory.AccountBook.DefaultSid, "content", $"/v1/Content/{Sid}", json.RootElement);
            _ = _house.Messaging.FaultOfTemplate(Accounts.Directory.AccountBook.DefaultSid, Sid);
        });
        ChannelHouse.Write(_house, "hi");
        (await ChannelHouse.SendAsync(_house, "ContentSid", Sid, "ContentVariables", """{"1":"x"}""")).Status.Should().BeOneOf(201, 400);
        (await ChannelHouse.GetContentAsync(_house, "/v2/Content?ContentType=twilio/text&ChannelEligibility=rcs")).Status.Should().Be(200);
        await _house.AdvanceAsync(5);
        (await _house.Rest.EntriesAsync("fault")).Should().BeEmpty();
    }

    private Task<Testing.Rest.RestAnswer> SubmitAsync(string sid, string body) =>
        ChannelHouse.PostContentAsync(_house, body, $"/v1/Content/{sid}/ApprovalRequests/whatsapp");

    private async Task<string?> StatusAsync(string sid) =>
        (await ChannelHouse.GetContentAsync(_house, $"/v1/Content/{sid}/ApprovalRequests")).Json.GetProperty("whatsapp")
            .GetProperty("status").GetString();
}
