using System.Text.Json;
using TwilioEmu.Console.Control;

namespace TwilioEmu.Console.Tests.Control;

/// <summary>The rows of the control API: what they say of themselves, and that the room keeps to it.</summary>
public sealed class ControlCallsTests : IAsyncLifetime
{
    private ControlHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ControlHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_index_tells_every_call_with_what_it_does()
    {
        var calls = (await _host.AskAsync("GET", "")).Json.GetProperty("calls").EnumerateArray()
            .Select(c => $"{c.GetProperty("method")} {c.GetProperty("path")} {c.GetProperty("built")}: {c.GetProperty("does")}").ToList();
        calls.Should().HaveCount(ControlCalls.All.Count)
            .And.Contain("POST /_emu/v1/calls/{sid}/act True: the person at the far end does one thing, by its word")
            .And.Contain("PUT /_emu/v1/conditions False: fault rules");
    }

    [Fact]
    public async Task The_document_has_an_operation_for_each_call_and_one_id_for_each()
    {
        var document = (await _host.AskAsync("GET", "openapi.json")).Json;
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => (Path: p.Name, Method: o.Name.ToUpperInvariant(), o.Value))).ToList();
        operations.Select(o => $"{o.Method} {o.Path}")
            .Should().BeEquivalentTo(ControlCalls.All.Select(c => $"{c.Method} {c.PlainTemplate}"));
        operations.Select(o => o.Value.GetProperty("operationId").GetString()).Should().OnlyHaveUniqueItems();
        foreach (var (path, method, operation) in operations)
        {
            var told = operation.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray()
                    .Where(p => p.GetProperty("in").GetString() == "path")
                    .Select(p => p.GetProperty("name").GetString()).ToList()
                : [];
            told.Should().Equal(
                path.Split('/').Where(p => p.StartsWith('{')).Select(p => p.Trim('{', '}')),
                $"{method} {path} has a parameter for each part");
        }
        var advance = document.GetProperty("paths").GetProperty("/clock/advance").GetProperty("post").GetProperty("requestBody")
            .GetProperty("content").GetProperty("application/json");
        advance.GetProperty("schema").GetProperty("required")[0].GetString().Should().Be("by");
        advance.GetProperty("example").GetProperty("by").GetString().Should().Be("10s");
    }

    [Fact]
    public async Task A_query_that_no_row_declares_is_refused_everywhere()
    {
        foreach (var call in ControlCalls.All.Where(c => c.IsBuilt))
        {
            var (status, json) = await _host.AskAsync(call.Method, PathOf(call) + "?colour=red");
            (call.Template, status).Should().Be((call.Template, 400));
            json.GetProperty("detail").GetString().Should().StartWith("unknown query parameter \"colour\"");
        }
    }

    [Fact]
    public async Task A_body_that_no_row_declares_is_refused_everywhere()
    {
        // What is asked about a thing that is not there may be told of that first.
        foreach (var call in ControlCalls.All.Where(
            c => c.IsBuilt && c.Method != "GET" && !c.TakesAnyBody && c.BodyType is null && c.Status != 204))
        {
            var (status, json) = await _host.AskAsync(call.Method, PathOf(call), """{"colour":"red"}""");
            (call.Template, status).Should().Be((call.Template, 400));
            json.GetProperty("errors").EnumerateArray()
                .Select(e => e.GetProperty("message").GetString())
                .Should().Contain(m => m!.StartsWith("unknown key \"colour\""));
        }
    }

    [Fact]
    public async Task A_number_of_a_query_is_held_within_the_bounds_of_its_row()
    {
        foreach (var (call, number) in ControlCalls.All
            .SelectMany(c => c.Query.Where(q => q is { Kind: MemberKind.Whole, Bounds.Max: < long.MaxValue }).Select(q => (c, q))))
        {
            (await _host.AskAsync(call.Method, $"{PathOf(call)}?{number.Name}={number.Bounds.Max + 1}")).Status.Should().Be(400);
        }
    }

    [Theory]
    [InlineData("GET", "journal?knid=x", "did you mean \"kind\"?")]
    [InlineData("GET", "jurnal", "did you mean \"journal\"?")]
    [InlineData("POST", "clock/advance", "did you mean \"by\"?", "{\"bye\":\"1s\"}")]
    [InlineData("GET", "journal/kinds?stored=yes", "stored is true or false")]
    [InlineData("GET", "fidelity?fidelity=much", "fidelity is one of behaves, stores, shape")]
    public async Task What_is_misspelt_is_told_the_right_word(string method, string path, string hint, string? body = null) =>
        (await _host.AskAsync(method, path, body)).Json.GetProperty("detail").GetString().Should().Contain(hint);

    [Fact]
    public void Examples_have_members_that_their_rows_declare_and_those_that_are_needed()
    {
        foreach (var call in ControlCalls.All.Where(c => c.Example is not null && !c.TakesAnyBody))
        {
            var members = JsonDocument.Parse(call.Example!).RootElement.EnumerateObject().Select(m => m.Name).ToList();
            members.Should().BeSubsetOf(call.Body.Select(m => m.Name), call.Template);
            call.Body.Where(m => m.IsNeeded).Select(m => m.Name).Should().BeSubsetOf(members, call.Template);
        }
    }

    [Fact]
    public async Task A_page_that_shows_the_token_is_answered_without_a_body()
    {
        using var answer = await _host.Client.PostAsync(new Uri("session", UriKind.Relative), null);
        ((int)answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Length).Should().Be((204, 0));
    }

    private static string PathOf(ControlCall call) =>
        call.Path.Aggregate(call.PlainTemplate[1..], static (path, value) => path.Replace($"{{{value.Name}}}", value.Name switch
        {
            "number" => ControlHost.Phone,
            "address" => "a@example.com",
            "id" => "1",
            _ => "CA1",
        }, StringComparison.Ordinal));
}
