using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Rest.Tests.Pipeline;

public sealed class FrontDoorTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task No_credentials_are_asked_for_with_a_challenge()
    {
        var answer = await _rest.SendAsync("GET", "Balance.json", null, null, user: null);

        answer.Status.Should().Be(401);
        answer.Code.Should().Be(20003);
        answer["message"].Should().Be("Authentication Error - No credentials provided");
        answer.Headers.WWWAuthenticate.ToString().Should().Be("Basic realm=\"Twilio API\"");
    }

    [Fact]
    public async Task A_wrong_token_gets_the_observed_body_member_by_member()
    {
        var answer = await _rest.GetAsync("Balance.json", password: "wrong");

        answer.Body.Should().Be(
            """{"code":20003,"detail":"Your AccountSid or AuthToken was incorrect.","message":"Authenticate","more_info":"https://www.twilio.com/docs/errors/20003","status":401}""");
    }

    [Fact]
    public async Task An_unknown_path_is_not_found_and_named()
    {
        var answer = await _rest.GetAsync("/2010-04-01/Accounts/AC1/Nothing.json");

        answer.Status.Should().Be(404);
        answer["message"].Should().Be("The requested resource /2010-04-01/Accounts/AC1/Nothing.json was not found");
    }

    [Theory]
    [InlineData("queues.json")]
    [InlineData("Queues.json/")]
    [InlineData("Queues/QU123.json")]
    [InlineData("Queues/AC00000000000000000000000000000001.json")]
    [InlineData("Queues/.json")]
    public async Task Wrong_case_a_trailing_slash_and_malformed_sids_are_not_found(string path)
    {
        (await _rest.GetAsync(path)).Status.Should().Be(404);
    }

    [Fact]
    public async Task A_method_the_path_does_not_take_is_405_with_those_it_does()
    {
        var answer = await _rest.DeleteAsync("Balance.json");

        answer.Status.Should().Be(405);
        answer.Code.Should().Be(20004);
        answer["message"].Should().StartWith("The requested resource /2010-04-01/").And.Contain(" does not support the attempted HTTP method ");
        answer.Headers.Allow.ToString().Should().Be("GET, OPTIONS");
    }

    [Theory]
    [InlineData("api.twilio.com", "")]
    [InlineData("api.dublin.ie1.twilio.com", "")]
    [InlineData("api.localhost", "")]
    [InlineData("127.0.0.1", "")]
    [InlineData("127.0.0.1", "/api")]
    public async Task A_product_is_found_by_host_or_by_first_segment(string host, string prefix)
    {
        var answer = await _rest.SendAsync("GET", $"{prefix}/2010-04-01/Accounts/{RestWorld.Account}/Balance.json", null, null, host: host);

        answer.Status.Should().Be(200);
    }

    [Fact]
    public async Task Every_answer_carries_the_observed_headers()
    {
        var answer = await _rest.GetAsync("Balance.json");

        answer.Headers["Twilio-Request-Id"].ToString().Should().MatchRegex("^RQ[0-9a-f]{32}$");
        answer.Headers["Twilio-Request-Duration"].ToString().Should().MatchRegex(@"^\d+\.\d{3}$");
        answer.Headers["Twilio-Concurrent-Requests"].ToString().Should().Be("1");
        answer.Headers.AccessControlAllowOrigin.Should().BeEmpty("which pages may read it is the host's to say");
        answer.Headers.ContentType.ToString().Should().Be("application/json");
        answer.Headers.ContentLength.Should().Be(answer.Body.Length);
    }

    [Fact]
    public async Task Head_has_the_headers_of_get_and_no_body()
    {
        var answer = await _rest.SendAsync("HEAD", "Balance.json", null, null);

        answer.Status.Should().Be(200);
        answer.Headers.ContentLength.Should().BePositive();
        answer.Body.Should().BeEmpty();
    }

    [Fact]
    public async Task Options_is_answered_without_credentials()
    {
        var answer = await _rest.SendAsync("OPTIONS", "Messages.json", null, null, user: null);

        answer.Status.Should().Be(200);
        answer.Headers.Allow.ToString().Should().Contain("POST");
        answer.Headers.AccessControlAllowOrigin.Should().BeEmpty();
    }

    [Fact]
    public async Task A_body_over_a_mebibyte_is_413()
    {
        var answer = await _rest.PostAsync("Queues.json", "FriendlyName", new string('x', 1 << 20));

        answer.Status.Should().Be(413);
        answer.Code.Should().Be(20413);
    }

    [Fact]
    public async Task A_body_of_another_kind_is_415()
    {
        (await _rest.SendAsync("POST", "Queues.json", "<a/>", "text/xml")).Status.Should().Be(415);
    }

    [Fact]
    public async Task Json_sent_to_a_form_operation_counts_as_no_parameters_and_warns()
    {
        var answer = await _rest.SendAsync("POST", "Queues.json", """{"FriendlyName":"q"}""", "application/json");

        answer["message"].Should().Be("Missing required parameter FriendlyName in the post body");
    }

    [Fact]
    public async Task Unknown_parameters_are_ignored_and_journalled()
    {
        (await _rest.PostAsync("Queues.json", "FriendlyName", "q", "Colour", "red")).Status.Should().Be(201);

        (await _rest.EntriesAsync("warning")).Should().ContainSingle(e => e.ToJson().Contains("Colour"));
    }

    [Fact]
    public async Task A_post_is_journalled_and_is_the_cause_of_what_it_did()
    {
        await _rest.PostAsync("Queues.json", "FriendlyName", "q");

        var request = (await _rest.EntriesAsync("request")).Should().ContainSingle().Subject;
        (await _rest.EntriesAsync("queue.created")).Should().ContainSingle().Which.Cause.Should().Be(request.Seq);
    }

    [Fact]
    public async Task Gets_are_not_journalled_and_leave_the_sids_to_come_as_they_are()
    {
        await using var other = new RestWorld();
        for (var i = 0; i < 3; i++) await _rest.GetAsync("Queues.json");

        var mine = await _rest.PostAsync("Queues.json", "FriendlyName", "q");
        var theirs = await other.PostAsync("Queues.json", "FriendlyName", "q");

        mine["sid"].Should().Be(theirs["sid"]);
        (await _rest.EntriesAsync("request")).Should().ContainSingle();
    }

    [Fact]
    public async Task A_refusal_is_journalled_with_its_code()
    {
        await _rest.PostAsync("Queues.json");

        (await _rest.EntriesAsync("request.refused")).Should().ContainSingle().Which.ToJson().Should().Contain("\"code\":20001");
    }

    [Fact]
    public async Task A_fault_in_a_behaviour_is_500_and_the_door_lives_on()
    {
        _rest.Door.On("FetchConference", _ => throw new InvalidOperationException("broken"));

        var answer = await _rest.GetAsync("Conferences/CF00000000000000000000000000000001.json");

        answer.Status.Should().Be(500);
        answer.Code.Should().Be(20500);
        (await _rest.EntriesAsync("fault")).Should().ContainSingle().Which.ToJson().Should().Contain("broken");
        (await _rest.GetAsync("Balance.json")).Status.Should().Be(200);
    }

    [Theory]
    [InlineData(RestWorld.Token, true)]
    [InlineData("wrong", false)]
    public async Task A_request_that_was_let_in_keeps_time_a_moment_and_a_strangers_does_not(string password, bool keepsTime)
    {
        await using var rest = new RestWorld(
            new World(new WorldOptions { Clock = new ClockMode.Auto(), Patience = Patience.Usual, Wall = new StillWall() }));

        await rest.SendAsync("POST", "Queues.json", "FriendlyName=support", "application/x-www-form-urlencoded", password: password);

        (rest.World.Clock.Standing.Settling > TimeSpan.Zero).Should().Be(keepsTime);
    }

    [Fact]
    public async Task A_body_that_never_comes_keeps_nobodys_time()
    {
        await using var rest = new RestWorld(new World(new WorldOptions { Clock = new ClockMode.Auto(), Patience = Patience.Usual }));
        var http = new DefaultHttpContext();
        http.Request.Method = "POST";
        http.Request.Host = new HostString("api.twilio.com");
        http.Request.Path = $"/2010-04-01/Accounts/{RestWorld.Account}/Messages.json";
        http.Request.ContentLength = 9;
        var pipe = new Pipe();
        http.Request.Body = pipe.Reader.AsStream();
        var request = rest.Door.HandleAsync(http);

        await rest.World.Loop.RunAsync(() => Task.Delay(TimeSpan.FromHours(1), rest.World.Clock), CancellationToken.None);

        request.IsCompleted.Should().BeFalse();
        await pipe.Writer.CompleteAsync();
        await request;
    }

    private sealed class StillWall : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    [Fact]
    public async Task A_request_to_an_ended_world_is_503()
    {
        await _rest.World.DisposeAsync();

        (await _rest.GetAsync("Balance.json")).Status.Should().Be(503);
    }

    [Fact]
    public async Task A_multipart_body_is_a_form()
    {
        const string body = "--77\r\nContent-Disposition: form-data; name=\"FriendlyName\"\r\n\r\nÜ & co\r\n--77--\r\n";

        var answer = await _rest.SendAsync("POST", "Queues.json", body, "multipart/form-data; boundary=77");

        answer["friendly_name"].Should().Be("Ü & co");
    }

    [Theory]
    [InlineData("FriendlyName=%zz")]
    [InlineData("FriendlyName=%C3%28")]
    [InlineData("FriendlyName=a%4")]
    public async Task Text_that_is_not_percent_encoded_utf8_is_400(string body)
    {
        var answer = await _rest.SendAsync("POST", "Queues.json", body, "application/x-www-form-urlencoded");

        answer.Status.Should().Be(400);
        answer["message"].Should().Contain("FriendlyName");
    }

    [Fact]
    public async Task Sixty_four_clients_lose_and_duplicate_nothing()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => _rest.PostAsync("Queues.json", "FriendlyName", $"q{i}")));

        var sids = answers.Select(a => a["sid"]).ToHashSet();
        var list = await _rest.GetAsync("Queues.json?PageSize=1000");
        sids.Should().HaveCount(64);
        list.Json.GetProperty("queues").EnumerateArray().Select(q => q.GetProperty("sid").GetString()).Should().BeEquivalentTo(sids);
    }

    [Fact]
    public async Task A_long_list_is_sent_in_parts_and_is_the_same_document()
    {
        var name = new string('q', 60);
        for (var i = 0; i < 500; i++) (await _rest.PostAsync("Queues.json", "FriendlyName", $"{name}{i}")).Status.Should().Be(201);

        var whole = await _rest.GetAsync("Queues.json?PageSize=50");
        var parted = await _rest.GetAsync("Queues.json?PageSize=1000");

        whole.Headers.ContentLength.Should().Be(whole.Body.Length);
        parted.Headers.ContentLength.Should().BeNull();
        parted.Body.Length.Should().BeGreaterThan(128 * 1024);
        parted.Json.GetProperty("queues").EnumerateArray().Select(q => q.GetProperty("friendly_name").GetString())
            .Should().BeEquivalentTo(Enumerable.Range(0, 500).Select(i => $"{name}{i}"));
        parted.Json.GetProperty("end").GetInt32().Should().Be(499);
        parted.Json.GetProperty("next_page_uri").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
    }

    [Theory]
    [InlineData("2026", true)]
    [InlineData("2026-01", true)]
    [InlineData("2026-01-05", false)]
    [InlineData("2026-01-05T00:00:00.000-0800", false)]
    public async Task A_year_or_a_month_in_a_filter_is_taken_with_a_warning(string date, bool warns)
    {
        var answer = await _rest.GetAsync($"Notifications.json?MessageDate={date}&MessageDate%3E={date}");

        answer.Status.Should().Be(200, answer.Body);
        answer.Headers.ContainsKey("TwilioEmu-Warning").Should().Be(warns);
    }

    [Fact]
    public async Task An_operator_in_a_date_s_value_is_told_in_the_live_words()
    {
        var answer = await _rest.GetAsync("Notifications.json?MessageDate=%3E=2019-01-01");

        (answer.Status, answer.Code).Should().Be((400, 20001));
        answer["message"].Should().StartWith("Invalid date value.");
    }
}
