using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Scenarios.Tests.Running;

public sealed class ScenarioRunnerTests
{
    private const string Given = """
        scenario: A story
        given: { numbers: [{ number: "+14155550100" }] }

        """;

    private const string Texts = """
        when: { handset: "+14155550199", texts: hi, to: "+14155550100" }

        """;

    private readonly StoryHost _host = new();

    [Fact]
    public async Task Time_stops_at_the_instant_of_what_was_waited_for()
    {
        var result = await _host.PlayAsync(Given + Texts + """
            then: { handset: "+14155550199", receives: { from: "+14155550100", body: echo hi }, within: 1h }
            """);
        result.Failure.Should().BeNull();
        result.WorldTime.Should().Be(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_claim_that_fails_tells_step_nearest_miss_and_journal()
    {
        var result = await _host.PlayAsync(Given + Texts + """
            then: { handset: "+14155550199", receives: { from: "+14155550100", body: { contains: sunny } }, within: 5s }
            """);
        var failure = result.Failure!;
        failure.Position.ToString().Should().Be("s.yaml:4:7");
        failure.Step.Should().StartWith("handset +14155550199 receives");
        failure.Message
            .Should().Be("wanted 1 within 5s, found 0; nearest is #3 handset.received, whose data.body is \"echo hi\", which does not "
                + "contain \"sunny\"");
        failure.Details
            .Should().Contain(d => d.Contains("handset.received +14155550199"))
            .And.Contain(d => d.Contains("\"echo hi\", which does not contain \"sunny\""));
        failure.Journal.Should().Contain(l => l.Contains("+  2.000s  handset.received"));
        result.WorldTime.Should().Be(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Claims_that_stand_together_may_be_met_in_any_order()
    {
        var result = await _host.PlayAsync(Given + Texts + """
            then:
              - { expect: { kind: message.delivered } }
              - { expect: { kind: message.received } }
            """);
        result.Failure.Should().BeNull();
    }

    [Fact]
    public async Task A_claim_after_a_new_deed_is_not_met_by_what_came_before()
    {
        var result = await _host.PlayAsync(Given + """
            story:
              - when: { handset: "+14155550199", texts: hi, to: "+14155550100" }
                then: { expect: { kind: message.delivered } }
              - when: { handset: "+14155550199", texts: hi, to: "+14155550188" }
                then: { expect: { kind: message.delivered } }
            """);
        result.Failure!.Message.Should().Be("wanted 1 within 5s, found 0");
        result.StepCount.Should().Be(4);
    }

    [Fact]
    public async Task Nothing_is_moved_by_steps_that_do_not_wait()
    {
        var result = await _host.PlayAsync(Given + """
            when:
              - { handset: "+14155550199", texts: "${i}", to: "+14155550100", repeat: 5 }
              - { expect: { kind: message.delivered, count: 0 }, within: 0s }
            """);
        result.Failure.Should().BeNull();
        result.WorldTime.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("count: 0", "1900ms", true)]
    [InlineData("count: 0", "2s", false)]
    [InlineData("exactly: 1", "10s", true)]
    [InlineData("exactly: 2", "10s", false)]
    [InlineData("count: 1", "2s", true)]
    [InlineData("count: 2", "10s", false)]
    public async Task Counts_are_at_least_or_exact_and_the_last_instant_counts(string count, string within, bool isMet)
    {
        var result = await _host.PlayAsync(Given + Texts + $$"""
            then: { expect: { kind: message.delivered }, {{count}}, within: {{within}} }
            """);
        result.IsPassed.Should().Be(isMet);
    }

    [Fact]
    public async Task Spacing_is_exact()
    {
        const string Story = Given + """
            when:
              - { handset: "+14155550199", texts: "1", to: "+14155550100" }
              - { advance: 1s }
              - { handset: "+14155550199", texts: "2", to: "+14155550100" }
            then:
              - { expect: { kind: message.received, count: 2 }, spaced: 1s, each: { data: { body: "${i}" } } }

            """;
        (await _host.PlayAsync(Story)).Failure.Should().BeNull();
        (await _host.PlayAsync(Story.Replace("advance: 1s", "advance: 1001ms"))).Failure!.Message
            .Should().Be("number 2 of 2 came 1001ms after the one before it, not 1s");
        (await _host.PlayAsync(Story.Replace("texts: \"2\"", "texts: \"3\""))).Failure!.Message
            .Should().Be("number 2 of 2: data.body is \"3\", not \"2\"");
    }

    [Fact]
    public async Task Saved_values_are_put_in_where_they_are_named()
    {
        _host.Rest = ask =>
            ask.Method == "POST"
                ? StoryHost.Json(201, """{"sid":"SM7","list":[{"to":"+14155550100"}]}""")
                : StoryHost.Json(200, """{"status":"sent"}""");
        var result = await _host.PlayAsync(Given + """
            when:
              - { posts: Messages, as: Second, form: { To: "+14155550199", Body: a & b }, save: m }
              - { gets: "Messages/${m.sid}?x=1", form: { y: 2 }, expect: { status: 200, body: { status: sent } } }
              - { gets: "/v1/${account.sid}" }
              - { handset: "+14155550199", texts: "$${m.sid} is ${m.sid}", to: "${m.list[0].to}" }
            then: { expect: { kind: message.received, data: { body: "$${m.sid} is SM7" } } }
            """);
        result.Failure.Should().BeNull();
        _host.Asked.Select(a => $"{a.Method} {a.Url.PathAndQuery} {a.User}").Should().Equal(
            "POST /2010-04-01/Accounts/AC2/Messages.json AC2", "GET /2010-04-01/Accounts/AC1/Messages/SM7.json?x=1&y=2 AC1",
            "GET /v1/AC1 AC1");
        System.Text.Encoding.ASCII.GetString(_host.Asked[0].Body.Span).Should().Be("To=%2B14155550199&Body=a%20%26%20b");
    }

    [Theory]
    [InlineData("{ posts: Messages, as: Thrid }", "no account is called \"Thrid\"")]
    [InlineData("{ posts: Messages }", "answered 400, not 2xx")]
    [InlineData("{ posts: Messages, expect: { status: 201 } }", "answered 400, not 201")]
    [InlineData(
        "{ posts: Messages, expect: { status: 400, body: { code: 21211 } } }", "the answer is not as wanted: code is 21604, not \"21211\"")]
    [InlineData("{ handset: \"+14155550199\", presses: \"1\" }", "handset +14155550199 is in no call")]
    [InlineData("{ handset: \"+14155550100\", texts: hi, to: \"+14155550199\" }", "+14155550100 belongs to an account; it is no handset")]
    public async Task A_deed_that_cannot_be_done_fails_the_story(string step, string message)
    {
        _host.Rest = _ => StoryHost.Json(400, """{"code":21604}""");
        var result = await _host.PlayAsync(Given + "when: " + step);
        result.Failure!.Message.Should().Contain(message);
    }

    [Fact]
    public async Task A_value_that_is_missing_when_the_step_runs_fails_the_story()
    {
        _host.Rest = _ => StoryHost.Json(201, """{"sid":"SM7"}""");
        var result = await _host.PlayAsync(Given + "when: [{ posts: Messages, save: m }, { gets: \"Messages/${m.side}\" }]");
        result.Failure!.Message.Should().Be("\"${m.side}\" finds no \"side\" (did you mean \"sid\"?)");
    }

    [Fact]
    public async Task A_repeated_step_tells_which_time_failed()
    {
        _host.Rest = _ => _host.Asked.Count < 3 ? StoryHost.Json(201, "{}") : StoryHost.Json(429, "{}");
        var result = await _host.PlayAsync(Given + "when: { posts: Messages, repeat: 5 }");
        result.Failure!.Message.Should().Be("time 3 of 5: answered 429, not 2xx");
    }

    [Fact]
    public async Task A_fault_in_the_emulator_fails_a_story_that_went_well()
    {
        _host.Rest = _ =>
        {
            _host.Last!.World.Loop.Post(() => throw new InvalidOperationException("bang"));
            return StoryHost.Json(200, "{}");
        };
        var result = await _host.PlayAsync(Given + "when: { gets: Messages }");
        result.Failure!.Message.Should().Be("the story went well, but the journal holds a fault of the emulator's own");
        result.Failure.FirstLine.Should().StartWith("the emulator itself faltered");
        result.Failure.Details.Should().ContainSingle().Which.Should().Contain("bang");
    }

    [Fact]
    public async Task The_same_story_tells_the_same_journal()
    {
        const string Story = Given + Texts + """
            then: { handset: "+14155550199", receives: { count: 1 } }
            """;
        await _host.PlayAsync(Story);
        var first = _host.Journal;
        await _host.PlayAsync(Story);
        _host.Journal.Should().NotBeEmpty().And.Equal(first);
    }

    [Fact]
    public async Task A_host_that_cannot_start_fails_the_story_and_not_the_run()
    {
        var result = await ScenarioRunner.Against(new Uri("http://127.0.0.1:1"), new NobodyThere(), TimeProvider.System)
            .RunAsync(new("x", "s.yaml", new(), []), CancellationToken.None);
        result.Failure!.Message.Should().Be("nobody answers");
    }

    private sealed class NobodyThere : IHttpDoor
    {
        public Task<HttpReply> SendAsync(HttpAsk ask, CancellationToken cancellation) => throw new StoryException("nobody answers");
    }
}
