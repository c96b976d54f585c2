using System.Net;
using TwilioEmu.Client.Wire;

namespace TwilioEmu.Client.Tests.Wire;

public sealed class ControlWireTests
{
    [Theory]
    [InlineData("[1,2", "the answer is not what this client knows")]
    [InlineData("null", "the answer is null")]
    [InlineData("<html>", "the answer is not what this client knows")]
    public async Task What_is_no_emulator_is_told_so(string body, string said)
    {
        using var client = Client((_, _) => Answer(HttpStatusCode.OK, body));
        var ask = () => client.ClockAsync();
        (await ask.Should().ThrowAsync<EmulatorException>()).Which.Message.Should().Contain(said);
    }

    [Fact]
    public async Task Another_servers_no_is_shown_in_its_own_words()
    {
        using var client = Client((_, _) => Answer(HttpStatusCode.BadGateway, "upstream is down"));
        var ask = () => client.HealthAsync();
        (await ask.Should().ThrowAsync<EmulatorException>()).Which.Message.Should().Be("GET /health answered 502: upstream is down");
    }

    [Fact]
    public async Task A_call_that_hangs_ends_with_what_holds_time()
    {
        using var client = Client(async (request, cancellation) =>
        {
            if (request.RequestUri!.AbsolutePath == "/_emu/v1/clock")
            {
                return await Answer(
                    HttpStatusCode.OK,
                    """{"mode":"manual","now":"2026-01-05T09:00:00Z","next_due":null,"timers":0,"holds":["webhook POST http://app.test/sms"]}""");
            }
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            throw new InvalidOperationException("unreachable");
        });
        client.Patience = TimeSpan.FromMilliseconds(50);
        var wait = () => client.ExpectAsync(new EntryMatch { Kind = "x" }, within: TimeSpan.Zero);
        (await wait.Should().ThrowAsync<TimeoutException>()).Which.Message
            .Should().Contain("time (manual) is held by: webhook POST http://app.test/sms");
    }

    [Fact]
    public async Task The_callers_own_cancellation_stays_one()
    {
        using var client = Client(async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            throw new InvalidOperationException("unreachable");
        });
        using var stop = new CancellationTokenSource();
        var asked = client.HealthAsync(stop.Token);
        await stop.CancelAsync();
        var wait = () => asked;
        await wait.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Nobody_there_is_told_after_the_patience()
    {
        using var client = Client((_, _) => throw new HttpRequestException("connection refused"));
        client.Patience = TimeSpan.FromMilliseconds(100);
        var wait = () => client.UntilReadyAsync();
        (await wait.Should().ThrowAsync<TimeoutException>()).Which.InnerException.Should().BeOfType<HttpRequestException>();
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "1ms")]
    [InlineData(1000, "1s")]
    [InlineData(90_500, "90500ms")]
    [InlineData(3_600_000, "3600s")]
    public void Durations_are_written_as_the_control_API_reads_them(int milliseconds, string text) =>
        Durations.Write(TimeSpan.FromMilliseconds(milliseconds)).Should().Be(text);

    [Fact]
    public void A_wait_is_never_negative()
    {
        var write = () => Durations.Write(TimeSpan.FromTicks(-1));
        write.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static EmulatorClient Client(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) =>
        new(new Uri("http://emulator.test"), new Stub(answer));

    private static Task<HttpResponseMessage> Answer(HttpStatusCode status, string body) =>
        Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });

    private sealed class Stub(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer(request, cancellationToken);
    }
}
