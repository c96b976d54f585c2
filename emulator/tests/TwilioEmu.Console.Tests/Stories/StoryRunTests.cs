using System.Text.Json;
using TwilioEmu.Testing.Waiting;

namespace TwilioEmu.Console.Tests.Stories;

/// <summary>Stories of a folder, run by the control API: whole, and step by step.</summary>
public sealed class StoryRunTests : IAsyncLifetime
{
    private const string Echo = """
        scenario: It comes back
        tags: [sms]
        when: { handset: "+14155550199", texts: hi, to: "+14155550100" }
        then: { handset: "+14155550199", receives: { body: { contains: BODY } }, within: 5s }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("twilioemu-stories");
    private ControlHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "below"));
        await WriteAsync("echo.yaml", Echo.Replace("BODY", "hi"));
        await WriteAsync("below/vain.yml", Echo.Replace("BODY", "sunny"));
        await WriteAsync("broken.yaml", "scenario: Broken\nwhen: { handset: \"+14155550199\", sings: hi }\n");
        await WriteAsync("_given.yaml", "numbers: []\n");
        await WriteAsync("notes.txt", "no story");
        _host = await ControlHost.StartAsync();
        _host.StoriesFolder = _folder.FullName;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_folder_is_listed_with_what_cannot_be_read_and_how_each_went_last()
    {
        await RunAsync("echo.yaml");
        await EndedAsync(1);
        var list = (await _host.AskAsync("GET", "stories")).Json;
        list.GetProperty("stories").EnumerateArray()
            .Select(s => (File(s), s.GetProperty("steps").GetInt32(), s.GetProperty("last").GetString()))
            .Should().Equal(("below/vain.yml", 2, null), ("broken.yaml", 0, null), ("echo.yaml", 2, "passed"));
        list.GetProperty("stories")[1].GetProperty("faults")[0].GetString().Should().Contain("broken.yaml:2:").And.Contain("sings");
        list.GetProperty("stories")[2].GetProperty("tags")[0].GetString().Should().Be("sms");
    }

    [Fact]
    public async Task A_story_that_passes_has_passed_in_every_step_and_its_world_is_kept_until_the_next()
    {
        (await RunAsync("echo.yaml")).GetProperty("run").GetInt32().Should().Be(1);
        await EndedAsync(1);
        var run = (await _host.AskAsync("GET", "stories/run")).Json;
        (run.GetProperty("state").GetString(), run.GetProperty("url").GetString()).Should().Be(("passed", "http://127.0.0.1:9/"));
        run.GetProperty("steps").EnumerateArray()
            .Select(s => (s.GetProperty("line").GetInt32(), s.GetProperty("state").GetString()))
            .Should().Equal((3, "passed"), (4, "passed"));
        Worlds.Should().Be(1);
        await RunAsync("echo.yaml");
        await EndedAsync(2);
        Worlds.Should().Be(1);
    }

    [Fact]
    public async Task A_story_that_fails_says_at_which_step_and_why()
    {
        await RunAsync("below/vain.yml");
        await EndedAsync(1);
        var run = (await _host.AskAsync("GET", "stories/run")).Json;
        run.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("state").GetString()).Should().Equal("passed", "failed");
        var failure = run.GetProperty("failure");
        failure.GetProperty("line").GetInt32().Should().Be(4);
        failure.GetProperty("details").EnumerateArray().Should().Contain(d => d.GetString()!.Contains("does not contain \"sunny\""));
        failure.GetProperty("journal").GetArrayLength().Should().BePositive();
    }

    [Fact]
    public async Task Stepped_it_waits_before_each_step_and_goes_on_when_told_one_by_one_or_to_the_end()
    {
        (await _host.AskAsync("POST", "stories/run", """{"file":"echo.yaml","stepped":true}""")).Status.Should().Be(201);
        await SteppedAsync(0, "waiting");
        (await _host.AskAsync("GET", "stories/run")).Json.GetProperty("state").GetString().Should().Be("waiting");
        (await _host.AskAsync("POST", "stories/run", """{"file":"echo.yaml"}""")).Status.Should().Be(409, "one runs");
        (await _host.AskAsync("POST", "stories/continue", "{}")).Status.Should().Be(200);
        await SteppedAsync(1, "waiting");
        States(await RunNowAsync()).Should().Equal("passed", "waiting");
        (await _host.AskAsync("POST", "stories/continue", """{"to_end":true}""")).Status.Should().Be(200);
        await EndedAsync(1);
        States(await RunNowAsync()).Should().Equal("passed", "passed");
        (await _host.AskAsync("POST", "stories/continue", "{}")).Status.Should().Be(409, "none waits");
    }

    [Fact]
    public async Task Stopped_it_is_neither_passed_nor_failed_and_the_next_may_run()
    {
        await _host.AskAsync("POST", "stories/run", """{"file":"echo.yaml","stepped":true}""");
        await SteppedAsync(0, "waiting");
        (await _host.AskAsync("POST", "stories/stop", "{}")).Status.Should().Be(200);
        await EndedAsync(1);
        (await RunNowAsync()).GetProperty("state").GetString().Should().Be("stopped");
        (await _host.AskAsync("POST", "stories/stop", "{}")).Status.Should().Be(409);
        await RunAsync("echo.yaml");
        await EndedAsync(2);
        (await RunNowAsync()).GetProperty("state").GetString().Should().Be("passed");
    }

    [Theory]
    [InlineData("""{"file":"../echo.yaml"}""", 404)]
    [InlineData("""{"file":"_given.yaml"}""", 404)]
    [InlineData("""{"file":"notes.txt"}""", 404)]
    [InlineData("""{"file":"broken.yaml"}""", 422)]
    [InlineData("""{"stepped":true}""", 400)]
    [InlineData("""{"file":"echo.yaml","fast":true}""", 400)]
    public async Task What_is_no_story_of_the_folder_is_not_run(string body, int status) =>
        (await _host.AskAsync("POST", "stories/run", body)).Status.Should().Be(status);

    [Fact]
    public async Task Without_a_folder_there_are_none()
    {
        _host.StoriesFolder = null;
        (await _host.AskAsync("GET", "stories")).Json.GetRawText().Should().Be("""{"folder":null,"stories":[],"run":null}""");
        (await _host.AskAsync("GET", "stories/run")).Status.Should().Be(404);
    }

    private int Worlds => ((StoryWorldHost)_host.StoryWorlds).Count;

    private Task WriteAsync(string file, string text) => System.IO.File.WriteAllTextAsync(Path.Combine(_folder.FullName, file), text);

    private async Task<JsonElement> RunAsync(string file)
    {
        var (status, json) = await _host.AskAsync("POST", "stories/run", $$"""{"file":"{{file}}"}""");
        status.Should().Be(201);
        return json;
    }

    private async Task<JsonElement> RunNowAsync() => (await _host.AskAsync("GET", "stories/run")).Json;

    private Task EndedAsync(int run) => AwaitAsync("story.ended", $"\"run\":{run},");

    private Task SteppedAsync(int step, string state) => AwaitAsync("story.step", $"\"step\":{step},\"state\":\"{state}\"");

    /// <summary>Waits on the wall: stories run in worlds of their own, and this one's time has nothing to do with it.</summary>
    private async Task AwaitAsync(string kind, string data)
    {
        await Eventually.TrueAsync(
            () =>
                _host.InsideAsync(
                    () => _host.Inside.World.Journal.After(0).Any(
                        e => e.Kind == kind && e.ToJson().Contains(data, StringComparison.Ordinal))),
            $"{kind} {data}");
    }

    private static string File(JsonElement story) => story.GetProperty("file").GetString()!;

    private static IEnumerable<string?> States(JsonElement run) =>
        run.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("state").GetString());
}
