using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Console.Tests.Events;

public sealed class JournalStreamTests : IAsyncLifetime
{
    private ControlHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ControlHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Entries_come_as_they_are_written_their_seq_as_id()
    {
        using var reader = await OpenAsync("journal/stream");
        await WriteAsync("a.one");
        (await ReadAsync(reader, 2)).Should().Equal(
            "id: 1",
            "data: {\"seq\":1,\"at\":\"2026-01-05T09:00:00Z\",\"account\":\"\",\"kind\":\"a.one\",\"subject\":\"s\",\"cause\":0,"
                + "\"data\":{}}");
    }

    [Fact]
    public async Task A_reader_resumes_after_the_last_id_it_saw()
    {
        for (var i = 0; i < 3; i++) await WriteAsync("a.one");
        using var reader = await OpenAsync("journal/stream?after=0", lastId: "2");
        (await ReadAsync(reader, 1)).Should().Equal("id: 3");
    }

    [Fact]
    public async Task Only_what_was_asked_for_comes()
    {
        await WriteAsync("a.one");
        await WriteAsync("b.one");
        using var reader = await OpenAsync("journal/stream?after=0&kind=b.*");
        (await ReadAsync(reader, 1)).Should().Equal("id: 2");
    }

    [Fact]
    public async Task A_reset_is_told_and_ends_the_stream()
    {
        using var reader = await OpenAsync("journal/stream");
        await _host.AskAsync("POST", "reset");
        (await ReadAsync(reader, 2)).Should().Equal("event: reset", "data: {}");
        await reader.ReadLineAsync();
        (await reader.ReadLineAsync()).Should().BeNull();
    }

    [Fact]
    public async Task An_id_of_another_world_begins_at_the_start()
    {
        await WriteAsync("a.one");
        using var reader = await OpenAsync("journal/stream", lastId: "500");
        (await ReadAsync(reader, 3)).Should().Equal("event: reset", "data: {}", "id: 1");
    }

    [Fact]
    public async Task A_bad_id_is_a_problem()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "journal/stream");
        request.Headers.Add("Last-Event-ID", "x");
        using var response = await _host.Client.SendAsync(request);
        ((int)response.StatusCode).Should().Be(400);
    }

    private async Task<StreamReader> OpenAsync(string path, string? lastId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        var response = await _host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await ReadAsync(reader, 1)).Should().Equal("retry: 1000");
        return reader;
    }

    private static async Task<List<string>> ReadAsync(StreamReader reader, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var lines = new List<string>();
        while (lines.Count < count && await reader.ReadLineAsync(limit.Token) is { } line) if (line.Length > 0) lines.Add(line);
        return lines;
    }

    private Task WriteAsync(string kind) =>
        _host.InsideAsync(() => _host.Inside.World.Journal.Write(AccountSid.None, new EntryKind(kind, "a test's"), "s", 0));
}
