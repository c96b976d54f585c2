using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Waiting;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Tests.Wires;

/// <summary>What goes over real sockets, and what comes back from bad peers.</summary>
public sealed class SocketWireTests : IAsyncLifetime
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n";

    private readonly PostOffice _post = PostOffice.Real();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _post.DisposeAsync();

    [Fact]
    public async Task The_request_is_byte_for_byte_as_told()
    {
        await using var server = new RawServer(Ok + "Content-Length: 11\r\n\r\n<Response/>");
        var answer = await _post.SendAsync(
            $"http://u:p@127.0.0.1:{server.Port}/a%2Bb/%41?x=%7e#ct=100", "POST", ("Body", "a b"), ("To", "+1"));
        answer.IsUsable.Should().BeTrue(answer.ErrorMessage);
        Encoding.UTF8.GetString(answer.Body.Span).Should().Be("<Response/>");
        var sent = (await _post.EntriesAsync("webhook.sent")).Single().GetProperty("data").GetProperty("headers");
        server.Requests.Single().Should().Be(
            "POST /a%2Bb/%41?x=%7e HTTP/1.1\r\n"
            + $"Host: 127.0.0.1:{server.Port}\r\n"
            + "User-Agent: TwilioProxy/1.1\r\n"
            + "Accept: */*\r\n"
            + "Accept-Encoding: gzip,deflate\r\n"
            + "Cache-Control: max-age=259200\r\n"
            + $"X-Twilio-Signature: {sent.GetProperty("X-Twilio-Signature")}\r\n"
            + $"I-Twilio-Idempotency-Token: {sent.GetProperty("I-Twilio-Idempotency-Token")}\r\n"
            + "X-Home-Region: us1\r\n"
            + "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n"
            + "Content-Length: 16\r\n\r\n"
            + "Body=a+b&To=%2B1");
    }

    [Fact]
    public async Task A_real_app_gets_good_signatures_by_post_and_get_and_after_a_redirect()
    {
        var script = new FakeApp(PostOffice.Token).On("/end", FakeApp.Empty).On("/sms", FakeApp.Empty)
            .On("/moved", new AppAnswer(302, null, "") { Headers = [new("Location", "/end?from=moved")] });
        await using var app = await ListeningApp.StartAsync(script);
        (await _post.SendAsync($"{app.Origin}/sms", "POST", ("Body", "Grüße, 世界 & +1"))).IsUsable.Should().BeTrue();
        (await _post.SendAsync($"{app.Origin}/sms?a=b", "GET", ("Body", "Grüße & +1"))).IsUsable.Should().BeTrue();
        (await _post.SendAsync($"{app.Origin}/moved", "POST", ("Body", "x"))).Url.Should().Be($"{app.Origin}/end?from=moved");
        script.Requests.Should().HaveCount(4).And.OnlyContain(r => r.IsSigned);
        script.Requests[0]["Body"].Should().Be("Grüße, 世界 & +1");
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://[fd00:ec2::254]/latest/")]
    [InlineData("http://[fd20:ce::254]/computeMetadata/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("https://100.100.100.200/")]
    public async Task Nobody_is_led_to_a_clouds_secrets(string url)
    {
        var answer = await _post.SendAsync(url, "POST", ("Body", "x"));
        answer.IsUsable.Should().BeFalse();
        answer.ErrorMessage.Should().Contain("secrets");
    }

    [Fact]
    public async Task A_public_name_is_kept_while_the_request_goes_elsewhere()
    {
        var script = new FakeApp(PostOffice.Token).On("/sms", FakeApp.Empty);
        await using var app = await ListeningApp.StartAsync(script, scheme: "https");
        await using var post = PostOffice.Real(
            new() { PublicNames = new Dictionary<string, string> { ["https://app.local"] = app.Origin } });
        var answer = await post.SendAsync("https://app.local/sms", "POST", ("Body", "x"));
        answer.IsUsable.Should().BeTrue(answer.ErrorMessage);
        answer.Url.Should().Be("https://app.local/sms");
        script.Requests.Single().Header("Host").Should().Be("app.local");
        script.Requests.Single().Header("X-Forwarded-Proto").Should().Be("https");
    }

    [Theory]
    [InlineData("\n\n  <Response/>")]
    [InlineData("")]
    public async Task Bodies_come_as_they_are(string body)
    {
        await using var server = new RawServer($"{Ok}Content-Length: {body.Length}\r\n\r\n{body}");
        Encoding.UTF8.GetString((await _post.SendAsync(server.Origin)).Body.Span).Should().Be(body);
    }

    [Fact]
    public async Task Chunks_are_joined()
    {
        await using var server = new RawServer(Ok + "Transfer-Encoding: chunked\r\n\r\n5\r\n<Resp\r\n6\r\nonse/>\r\n0\r\n\r\n");
        Encoding.UTF8.GetString((await _post.SendAsync(server.Origin)).Body.Span).Should().Be("<Response/>");
    }

    [Fact]
    public async Task A_body_may_end_with_the_connection()
    {
        await using var server = new RawServer("HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n<Response/>");
        (await _post.SendAsync(server.Origin)).Body.Length.Should().Be(11);
    }

    [Fact]
    public async Task Gzip_is_unpacked_and_bounded()
    {
        await using var server = new RawServer(async (stream, cancellation) =>
        {
            using var packed = new MemoryStream();
            await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) await gzip
                .WriteAsync(new byte[10_000_000], cancellation);
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"{Ok}Content-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), cancellation);
            await stream.WriteAsync(packed.ToArray(), cancellation);
        });
        var answer = await _post.SendAsync(server.Origin);
        (answer.ErrorCode, answer.Body.Length).Should().Be((11750, 65536));
    }

    [Theory]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("HTTP/1.1 200")]
    [InlineData("")]
    [InlineData(Ok + "Content-Length: 100\r\n\r\n<Resp")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\n5\r\n<Resp")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n<Resp")]
    [InlineData(Ok + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope")]
    public async Task What_is_no_whole_http_answer_is_11206_and_not_tried_again(string bytes)
    {
        await using var server = new RawServer(bytes);
        var answer = await _post.SendAsync(server.Origin + "/#rp=all&rc=3");
        answer.ErrorCode.Should().Be(11206, answer.ErrorMessage);
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_reset_instead_of_an_answer_is_11205()
    {
        await using var server = new RawServer((stream, _) =>
        {
            stream.Socket.LingerState = new LingerOption(true, 0);
            stream.Socket.Close();
            return Task.CompletedTask;
        });
        (await _post.SendAsync(server.Origin)).ErrorCode.Should().Be(11205);
    }

    [Fact]
    public async Task An_app_that_closes_after_every_answer_without_saying_so_loses_nothing()
    {
        await using var server = new RawServer(Ok + "Content-Length: 0\r\n\r\n");
        for (var i = 0; i < 300; i++) (await _post.SendAsync(server.Origin, "POST", ("N", $"{i}"))).ErrorMessage.Should().BeNull();
        server.Requests.Should().HaveCount(300);
    }

    [Fact]
    public async Task An_empty_chunked_document_is_11770_for_voice_a_warning_for_messages_and_nothing_for_callbacks()
    {
        await using var server = new RawServer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        var request = PostOffice.Request(server.Origin);
        (await _post.SendAsync(request with { IsVoice = true, Purpose = WebhookPurpose.Voice })).ErrorCode.Should().Be(11770);
        (await _post.SendAsync(request)).ErrorCode.Should().Be(0);
        (await _post.SendAsync(request with { Purpose = WebhookPurpose.StatusCallback })).ErrorCode.Should().Be(0);
        (await _post.EntriesAsync("alert")).Select(e => e.GetProperty("data").GetProperty("level").GetString())
            .Should().Equal("error", "warning");
    }

    [Fact]
    public async Task Nobody_listening_is_11202_after_one_retry()
    {
        // Taken, that nobody else may listen there meanwhile.
        using var taken = new Socket(SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var answer = await _post.SendAsync($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndPoint!).Port}/");
        answer.ErrorCode.Should().Be(11202);
        (await AttemptsAsync()).Should().Be(2);
    }

    [Fact]
    public async Task An_unknown_host_is_11210() =>
        (await _post.SendAsync("http://no-such-host.invalid/")).ErrorCode.Should().Be(11210);

    [Fact]
    public async Task A_listener_that_never_accepts_is_11201()
    {
        // A full backlog drops further SYNs on Linux, which is a connection that never completes.
        using var full = new Socket(SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        var fillers = Enumerable.Range(0, 4).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp)).ToList();
        foreach (var filler in fillers) _ = filler.ConnectAsync(full.LocalEndPoint!);
        var answer = await _post.SendAsync($"http://127.0.0.1:{((IPEndPoint)full.LocalEndPoint!).Port}/#ct=100&rc=0");
        foreach (var filler in fillers) filler.Dispose();
        answer.ErrorCode.Should().Be(11201);
    }

    [Fact]
    public async Task Silence_is_11200_and_tried_again_only_when_asked()
    {
        await using var server = new RawServer((_, cancellation) => Task.Delay(Timeout.Infinite, cancellation));
        (await _post.SendAsync(server.Origin + "/#rt=100")).ErrorCode.Should().Be(11200);
        server.Requests.Should().HaveCount(1);
        (await _post.SendAsync(server.Origin + "/#rt=100&rp=rt&rc=2")).ErrorCode.Should().Be(11200);
        server.Requests.Should().HaveCount(4);
    }

    [Fact]
    public async Task Silence_within_an_answer_is_not_tried_again()
    {
        await using var server = new RawServer(async (stream, cancellation) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Ok + "Content-Length: 100\r\n\r\n<Resp"), cancellation);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        var answer = await _post.SendAsync(server.Origin + "/#rt=500&rp=all&rc=3");
        answer.Should().BeEquivalentTo(new { Status = 200, ErrorCode = 11200 });
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task An_answer_that_drips_for_ever_ends_with_the_total()
    {
        await using var server = new RawServer(async (stream, cancellation) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Ok + "Content-Length: 100000\r\n\r\n"), cancellation);
            for (; ; await Task.Delay(20, cancellation)) await stream.WriteAsync("x"u8.ToArray(), cancellation);
        });
        (await _post.SendAsync(server.Origin + "/#tt=400")).ErrorCode.Should().Be(11203);
    }

    [Fact]
    public async Task Virtual_time_stands_while_a_request_is_in_flight()
    {
        await using var post = PostOffice.Open(new ClockMode.Auto(), new());
        var release = new TaskCompletionSource();
        await using var server = new RawServer(async (stream, cancellation) =>
        {
            await release.Task;
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(Ok + "Content-Length: 0\r\nDate: Mon, 05 Jan 2026 09:00:00 GMT\r\n\r\n"), cancellation);
        });
        var fired = false;
        await using var timer = post.World.Clock.CreateTimer(_ => fired = true, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var sending = post.World.Loop.RunAsync(
            () =>
            {
                timer.Change(TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
                return post.Letterbox.SendAsync(PostOffice.Request(server.Origin), CancellationToken.None);
            },
            CancellationToken.None);
        await Eventually.TrueAsync(() => server.Requests.Count > 0);
        fired.Should().BeFalse();
        release.SetResult();
        (await sending).IsUsable.Should().BeTrue();
        var answered = (await post.EntriesAsync("webhook.answered")).Single();
        answered.GetProperty("at").GetDateTime().Should().Be(TwilioEmu.Kernel.WorldOptions.StoryStart.UtcDateTime);
        answered.GetRawText().Should().NotContain("seconds").And.NotContain("Date");
    }

    [Fact]
    public async Task A_real_clock_tells_how_long_it_took()
    {
        await using var server = new RawServer(Ok + "Content-Length: 0\r\n\r\n");
        await _post.SendAsync(server.Origin);
        var attempt = (await _post.EntriesAsync("webhook.answered")).Single().GetProperty("data").GetProperty("attempts")[0];
        attempt.GetProperty("seconds").GetDouble().Should().BeGreaterThan(0);
    }

    private async Task<int> AttemptsAsync() =>
        (await _post.EntriesAsync("webhook.failed")).Single().GetProperty("data").GetProperty("attempts").GetArrayLength();
}
