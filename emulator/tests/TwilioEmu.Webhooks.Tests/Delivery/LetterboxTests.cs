using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Webhooks.Delivery;
using TwilioEmu.Webhooks.Signing;

namespace TwilioEmu.Webhooks.Tests.Delivery;

/// <summary>The letterbox with an app in the same process, in virtual time.</summary>
public sealed class LetterboxTests : IAsyncDisposable
{
    private readonly FakeApp _app = new(PostOffice.Token);
    private readonly PostOffice _post;

    public LetterboxTests()
    {
        _post = PostOffice.Virtual(("app.local", _app));
        _app.On("/sms", FakeApp.Empty);
    }

    public ValueTask DisposeAsync() => _post.DisposeAsync();

    [Fact]
    public async Task A_post_arrives_signed_with_its_parameters_in_order()
    {
        var answer = await _post.SendAsync("https://app.local/sms?a=1", "POST", ("To", "+1"), ("From", "+2"), ("Body", " hi "));
        answer.Should().BeEquivalentTo(new { Status = 200, ContentType = "text/xml", ErrorCode = 0, IsUsable = true });
        var seen = _app.Requests.Should().ContainSingle().Subject;
        seen.IsSigned.Should().BeTrue();
        seen.Request.Parameters.Select(p => p.Key).Should().Equal("To", "From", "Body");
        seen["Body"].Should().Be(" hi ");
    }

    [Fact]
    public async Task A_get_carries_its_parameters_in_the_signed_query()
    {
        await _post.SendAsync("https://app.local/sms?a=1", "GET", ("Body", "x y"));
        var seen = _app.Requests.Single();
        seen.Request.Url.Query.Should().Be("?a=1&Body=x+y");
        seen.Request.Parameters.Select(p => p.Key).Should().Equal("a", "Body");
        seen.IsSigned.Should().BeTrue();
    }

    [Theory]
    [InlineData("Forli'", "Forli'")]
    [InlineData("sip:ann@example.com", "sip:ann@example.com")]
    [InlineData("(a)~b*c!", "(a)~b*c!")]
    [InlineData("a b+c", "a+b%2Bc")]
    [InlineData("Köln/&=#\"", "K%C3%B6ln%2F%26%3D%23%22")]
    public async Task An_apostrophe_stays_unescaped_in_the_url_of_a_get_that_is_signed_and_sent(string value, string spelt)
    {
        await _post.SendAsync("https://app.local/sms?name=O'Hara&kept=%27", "GET", ("V", value));
        var seen = _app.Requests.Single();
        seen.IsSigned.Should().BeTrue();
        var sent = (await _post.EntriesAsync("webhook.sent")).Single().GetProperty("data");
        sent.GetProperty("signed").GetString()
            .Should().Be($"https://app.local/sms?name=O'Hara&kept=%27&V={spelt}").And.Be(sent.GetProperty("url").GetString());
    }

    [Fact]
    public async Task The_signed_string_is_shown_as_it_was_signed()
    {
        await _post.SendAsync("https://app.local/sms", "POST", ("To", "+1"), ("Body", "hi"), ("A", "2"), ("A", "1"), ("A", "1"));
        var sent = (await _post.EntriesAsync("webhook.sent")).Single().GetProperty("data");
        sent.GetProperty("signed").GetString().Should().Be("https://app.local/smsA1A2BodyhiTo+1");
    }

    [Fact]
    public async Task Every_header_that_was_sent_is_shown_with_credentials_masked()
    {
        _app.On("/sms", new AppAnswer(401, "text/plain", "") { Headers = [new("WWW-Authenticate", "Basic realm=\"x\"")] });
        await _post.SendAsync("https://ann:secret@app.local/sms");
        var data = (await _post.EntriesAsync("webhook.answered")).Single().GetProperty("data");
        var headers = data.GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("headers")).ToList();
        headers.Should().HaveCount(2);
        headers[0].GetProperty("X-Twilio-Signature").GetString().Should().NotBeEmpty();
        headers[1].GetProperty("Authorization").GetString().Should().Be("Basic ***");
    }

    [Fact]
    public async Task A_403_shows_the_url_that_was_signed_and_names_the_cure()
    {
        _app.On("/sms", new AppAnswer(403, "text/plain", "no"));
        var answer = await _post.SendAsync("https://app.local/sms?a=1");
        answer.ErrorMessage.Should().Contain("https://app.local/sms?a=1").And.Contain("public_names");
    }

    [Fact]
    public async Task The_token_an_account_has_when_a_request_leaves_signs_it_and_its_redirects()
    {
        var token = "old";
        var app = new FakeApp("new");
        await using var post = PostOffice.Open(
            new ClockMode.Auto(),
            new()
            {
                Apps = new Dictionary<string, IApp> { ["app.local"] = app },
                TokenOf = account => account == PostOffice.Account ? token : null,
            });
        app.On("/first", new AppAnswer(302, "text/plain", "") { Headers = [new("Location", "/second")] });
        app.On("/second", FakeApp.Empty);
        var request = PostOffice.Request("https://app.local/first");
        token = "new";
        await post.SendAsync(request);
        await post.SendAsync(request with { Account = new("AC" + new string('9', 32)) });
        var signed = app.Requests.Select(r => r.Header("X-Twilio-Signature")).ToList();
        signed.Should().Equal(
            TwilioSignature.Compute("new", "https://app.local/first", []), TwilioSignature.Compute("new", "https://app.local/second", []),
            null);
    }

    [Fact]
    public void Every_purpose_is_told_once_and_acknowledged_ones_are_named_so()
    {
        WebhookPurpose.All.Select(p => p.Word).Should().OnlyHaveUniqueItems();
        WebhookPurpose.All.Where(p => p.Use == WebhookUse.Acknowledged)
            .Should().OnlyContain(p => p.Word.EndsWith("callback"), "the control API's verdicts go by it");
        WebhookPurpose.All.Where(p => p.Word.EndsWith("callback")).Should().OnlyContain(p => p.Use == WebhookUse.Acknowledged);
    }

    [Fact]
    public async Task A_callback_of_a_call_answered_with_500_raises_15003_only_a_warning()
    {
        _app.On("/cb", new AppAnswer(500, "text/plain", "no"));
        await _post.SendAsync(PostOffice.Request("https://app.local/cb") with { Purpose = WebhookPurpose.StatusCallback, IsVoice = true });
        var alert = (await _post.EntriesAsync("alert")).Should().ContainSingle().Subject.GetProperty("data");
        (alert.GetProperty("code").GetInt32(), alert.GetProperty("level").GetString()).Should().Be((15003, "warning"));
    }

    public static TheoryData<string, int, string> CodesOfCallbacks => new()
    {
        { WebhookPurpose.RecordingStatusCallback.Word, 15003, "warning" },
        { WebhookPurpose.ConferenceStatusCallback.Word, 16011, "error" },
        { WebhookPurpose.ConferenceEventCallback.Word, 16011, "error" },
        { WebhookPurpose.ClientNotification.Word, 13807, "error" },
    };

    [Theory]
    [MemberData(nameof(CodesOfCallbacks))]
    public async Task A_callback_that_is_refused_has_the_code_of_its_kind(string purpose, int code, string level)
    {
        _app.On("/cb", new AppAnswer(404, "text/plain", "no"));
        await _post.SendAsync(PostOffice.Request("https://app.local/cb") with { Purpose = WebhookPurpose.Of(purpose), IsVoice = true });
        var alert = (await _post.EntriesAsync("alert")).Should().ContainSingle().Subject.GetProperty("data");
        (alert.GetProperty("code").GetInt32(), alert.GetProperty("level").GetString()).Should().Be((code, level));
    }

    [Theory, InlineData("https://app.local/woken", "?"), InlineData("https://app.local/woken?team=1", "&")]
    public async Task A_body_of_JSON_goes_out_as_it_is_and_its_hash_is_signed_with_the_URL(string url, string separator)
    {
        const string Json = "{\"twi_to\":\"client:adä\"}";
        await _post.SendAsync(PostOffice.Request(url) with { Purpose = WebhookPurpose.ClientNotification, Json = Json });
        var sent = _app.Requests.Single();
        sent.Header("Content-Type").Should().Be("application/json");
        var hashed = $"{url}{separator}bodySHA256={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json)))}";
        sent.Request.Url.OriginalString.Should().Be(hashed);
        sent.Header("X-Twilio-Signature").Should().Be(TwilioSignature.Compute(PostOffice.Token, hashed, []));
        (await _post.EntriesAsync("webhook.sent")).Single().GetProperty("data").GetProperty("body").GetString().Should().Be(Json);
    }

    [Fact]
    public async Task Headers_are_those_twilio_sends()
    {
        await _post.SendAsync("https://app.local/sms");
        _app.Requests.Single().Request.Headers.Select(h => h.Key).Should().Equal(
            "Host", "User-Agent", "Accept", "Accept-Encoding", "Cache-Control", "X-Twilio-Signature", "I-Twilio-Idempotency-Token",
            "X-Home-Region", "Content-Type");
        _app.Requests.Single().Header("User-Agent").Should().Be("TwilioProxy/1.1");
        _app.Requests.Single().Header("Content-Type").Should().Be("application/x-www-form-urlencoded; charset=utf-8");
        _app.Requests.Single()
            .Header("I-Twilio-Idempotency-Token")
            .Should().MatchRegex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
    }

    [Fact]
    public async Task Every_event_has_an_idempotency_token_of_its_own()
    {
        await _post.SendAsync("https://app.local/sms");
        await _post.SendAsync("https://app.local/sms");
        _app.Requests.Select(r => r.Header("I-Twilio-Idempotency-Token")).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(101)]
    public async Task Anything_but_2xx_is_11200(int status)
    {
        _app.On("/bad", new AppAnswer(status, "text/html", "oops"));
        var answer = await _post.SendAsync("https://app.local/bad");
        answer.Should().BeEquivalentTo(new { Status = status, ErrorCode = 11200, IsUsable = false });
        var alert = (await _post.EntriesAsync("alert")).Single();
        alert.GetProperty("data").GetProperty("code").GetInt32().Should().Be(11200);
        alert.GetProperty("cause").GetInt64().Should().Be(answer.Entry);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(204)]
    public async Task Any_2xx_is_usable(int status)
    {
        _app.On("/ok", new AppAnswer(status, null, ""));
        (await _post.SendAsync("https://app.local/ok")).IsUsable.Should().BeTrue();
    }

    [Fact]
    public async Task An_app_that_throws_has_answered_500()
    {
        _app.On("/bug", (_, _) => throw new InvalidOperationException("my bug"));
        (await _post.SendAsync("https://app.local/bug")).Should().BeEquivalentTo(new { Status = 500, ErrorCode = 11200 });
    }

    [Fact]
    public async Task Silence_of_15_seconds_is_11200()
    {
        _app.On("/slow", (_, cancellation) => Late(TimeSpan.FromSeconds(16), cancellation));
        var answer = await _post.SendAsync("https://app.local/slow");
        answer.Should().BeEquivalentTo(new { Status = (int?)null, ErrorCode = 11200 });
        _post.World.Clock.GetUtcNow().Should().Be(WorldOptions.StoryStart.AddSeconds(15));
        (await _post.EntriesAsync("webhook.failed")).Should().ContainSingle();
    }

    [Fact]
    public async Task An_answer_after_14_seconds_is_in_time()
    {
        _app.On("/slow", (_, cancellation) => Late(TimeSpan.FromSeconds(14), cancellation));
        (await _post.SendAsync("https://app.local/slow")).IsUsable.Should().BeTrue();
    }

    [Theory]
    [InlineData("rp=5xx&rc=3", 500, 4)]
    [InlineData("rp=4xx&rc=1", 404, 2)]
    [InlineData("rp=all&rc=5", 503, 6)]
    [InlineData("rp=4xx&rc=3", 500, 1)]
    [InlineData("rp=all&rc=0", 500, 1)]
    [InlineData("", 500, 1)]
    public async Task The_policy_says_what_is_tried_again(string fragment, int status, int requests)
    {
        _app.On("/bad", new AppAnswer(status, null, ""));
        var answer = await _post.SendAsync("https://app.local/bad#" + fragment);
        answer.Status.Should().Be(status);
        _app.Requests.Should().HaveCount(requests);
        _app.Requests.Select(r => r.Header("I-Twilio-Idempotency-Token")).Distinct().Should().ContainSingle();
        (await _post.EntriesAsync("webhook.answered")).Single().GetProperty("data").GetProperty("attempts").GetArrayLength()
            .Should().Be(requests);
    }

    [Fact]
    public async Task A_second_try_may_succeed()
    {
        _app.OnInTurn("/flaky", new AppAnswer(503, null, ""), FakeApp.Empty);
        (await _post.SendAsync("https://app.local/flaky#rp=5xx")).IsUsable.Should().BeTrue();
    }

    [Fact]
    public async Task All_attempts_together_have_one_total()
    {
        _app.On("/slow", (_, cancellation) => Late(TimeSpan.FromSeconds(60), cancellation));
        var answer = await _post.SendAsync("https://app.local/slow#rt=2000&tt=5000&rc=5&rp=rt");
        answer.ErrorCode.Should().Be(11203);
        _post.World.Clock.GetUtcNow().Should().Be(WorldOptions.StoryStart.AddSeconds(5));
        _app.Requests.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("nonsense", "POST", 11100)]
    [InlineData("https://app.local/sms#e=mars", "POST", 11240)]
    [InlineData("https://app.local/sms#rp=x", "POST", 11243)]
    [InlineData("https://app.local/sms", "PUT", 11200)]
    public async Task What_cannot_be_requested_is_not_sent(string url, string method, int code)
    {
        var answer = await _post.SendAsync(url, method);
        answer.ErrorCode.Should().Be(code);
        (await _post.EntriesAsync("webhook.sent")).Should().BeEmpty();
        (await _post.EntriesAsync("webhook.failed")).Single().GetProperty("seq").GetInt64().Should().Be(answer.Entry);
        (await _post.EntriesAsync("alert")).Single().GetProperty("data").GetProperty("code").GetInt32().Should().Be(code);
    }

    [Fact]
    public async Task A_document_of_64_kib_is_taken_and_one_byte_more_is_11750()
    {
        _app.On("/fits", new AppAnswer(200, "text/xml", new string('x', 65536)));
        _app.On("/large", new AppAnswer(200, "text/xml", new string('x', 65537)));
        (await _post.SendAsync("https://app.local/fits")).ErrorCode.Should().Be(0);
        (await _post.SendAsync("https://app.local/large")).ErrorCode.Should().Be(11750);
    }

    [Fact]
    public async Task Media_may_be_larger_and_carries_no_signature()
    {
        _app.On("/song", new AppAnswer(200, "audio/wav", new string('x', 100_000)));
        var unsigned = new FakeApp(PostOffice.Token) { RefusesBadSignatures = false };
        unsigned.On("/song", new AppAnswer(200, "audio/wav", new string('x', 100_000)));
        await using var post = PostOffice.Virtual(("app.local", unsigned));
        var answer = await post.SendAsync(PostOffice.Request("https://app.local/song", "GET") with { Purpose = WebhookPurpose.Media });
        answer.Body.Length.Should().Be(100_000);
        unsigned.Requests.Single().Header("X-Twilio-Signature").Should().BeNull();
    }

    [Fact]
    public async Task A_file_that_no_message_could_carry_is_11751_and_for_a_call_11750()
    {
        var unsigned = new FakeApp(PostOffice.Token) { RefusesBadSignatures = false };
        unsigned.On("/film", new AppAnswer(200, "video/mp4", new string('x', new LetterboxOptions().MaxMediaBytes + 1)));
        await using var post = PostOffice.Virtual(("app.local", unsigned));
        var request = PostOffice.Request("https://app.local/film", "GET") with { Purpose = WebhookPurpose.Media };
        (await post.SendAsync(request)).ErrorCode.Should().Be(11751);
        (await post.SendAsync(request with { IsVoice = true })).ErrorCode.Should().Be(11750);
    }

    [Fact]
    public async Task A_voice_document_needs_a_type_and_a_messaging_one_does_not()
    {
        _app.On("/untyped", new AppAnswer(200, null, "<Response/>"));
        (await _post.SendAsync("https://app.local/untyped")).ErrorCode.Should().Be(0);
        (await _post.SendAsync(PostOffice.Request("https://app.local/untyped") with { IsVoice = true })).ErrorCode.Should().Be(11200);
        (await _post.SendAsync(PostOffice.Request("https://app.local/untyped") with
        {
            IsVoice = true,
            Purpose = WebhookPurpose.StatusCallback,
        })).ErrorCode.Should().Be(0);
    }

    [Fact]
    public async Task The_journal_tells_request_and_answer_with_their_causes()
    {
        var answer = await _post.SendAsync(
            PostOffice.Request("https://u:secret@app.local/sms#rc=9", "POST", ("Body", "hi"), ("M", "1"), ("M", "2")));
        var sent = (await _post.EntriesAsync("webhook.sent")).Single();
        var data = sent.GetProperty("data");
        data.GetProperty("url").GetString().Should().Be("https://app.local/sms");
        data.GetProperty("body").GetString().Should().Be("Body=hi&M=1&M=2");
        data.GetProperty("parameters").GetProperty("M").EnumerateArray().Select(e => e.GetString()).Should().Equal("1", "2");
        data.GetProperty("headers").GetProperty("X-Twilio-Signature").GetString().Should().Be(data.GetProperty("signature").GetString());
        data.GetProperty("ignored_overrides").GetArrayLength().Should().Be(1);
        var answered = (await _post.EntriesAsync("webhook.answered")).Single();
        answered.GetProperty("cause").GetInt64().Should().Be(sent.GetProperty("seq").GetInt64());
        answered.GetProperty("seq").GetInt64().Should().Be(answer.Entry);
        answered.GetProperty("data").GetProperty("body").GetString().Should().Be("<Response/>");
        (sent.ToString() + answered).Should().NotContain("secret").And.NotContain(PostOffice.Token + "\"");
    }

    [Fact]
    public async Task A_replay_sends_the_same_once_more()
    {
        await _post.SendAsync("https://app.local/sms", "POST", ("Body", "hi"));
        var id = (await _post.EntriesAsync("webhook.sent")).Single().GetProperty("seq").GetInt64();
        var answer = await _post.World.Loop.RunAsync(() => _post.Letterbox.ReplayAsync(id, CancellationToken.None), CancellationToken.None);
        answer!.IsUsable.Should().BeTrue();
        _app.Requests.Should().HaveCount(2).And.OnlyContain(r => r.IsSigned && r["Body"] == "hi");
        (await _post.EntriesAsync("webhook.sent")).Last().GetProperty("cause").GetInt64().Should().Be(id);
        (await _post.World.Loop.RunAsync(() => _post.Letterbox.ReplayAsync(999, CancellationToken.None), CancellationToken.None))
            .Should().BeNull();
    }

    [Fact]
    public async Task A_cancelled_webhook_is_journalled_as_given_up()
    {
        using var hangUp = new CancellationTokenSource();
        _app.On("/slow", (_, _) =>
        {
            hangUp.Cancel();
            return new TaskCompletionSource<AppAnswer>().Task;
        });
        await _post.Invoking(p => p.SendAsync(PostOffice.Request("https://app.local/slow"), hangUp.Token))
            .Should().ThrowAsync<OperationCanceledException>();
        (await _post.EntriesAsync("webhook.failed")).Should().ContainSingle();
        (await _post.EntriesAsync("alert")).Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_story_gives_the_same_journal()
    {
        (await TellAsync()).Should().Be(await TellAsync());

        static async Task<string> TellAsync()
        {
            var app = new FakeApp(PostOffice.Token).On("/sms", FakeApp.Empty).On("/bad", new AppAnswer(500, null, "x"));
            await using var post = PostOffice.Virtual(("app.local", app));
            await post.SendAsync("https://app.local/sms", "POST", ("Body", "1"));
            await post.SendAsync("https://app.local/bad#rp=5xx", "GET", ("Body", "2"));
            return await post.World.Loop.RunAsync(
                () => string.Join('\n', post.World.Journal.After(0).Select(e => e.ToJson())), CancellationToken.None);
        }
    }

    private async Task<AppAnswer> Late(TimeSpan delay, CancellationToken cancellation)
    {
        await Task.Delay(delay, _post.World.Clock, cancellation);
        return FakeApp.Empty;
    }
}
