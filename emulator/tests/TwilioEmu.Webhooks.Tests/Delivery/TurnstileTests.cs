using System.Text;
using TwilioEmu.Testing.Waiting;
using TwilioEmu.Webhooks.Delivery;
using TwilioEmu.Webhooks.Tests.Wires;

namespace TwilioEmu.Webhooks.Tests.Delivery;

public sealed class TurnstileTests
{
    [Fact]
    public async Task Requests_in_flight_are_bounded_and_all_arrive()
    {
        var (inside, most) = (0, 0);
        await using var server = new RawServer(async (stream, cancellation) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Delay(5, cancellation);
            Interlocked.Decrement(ref inside);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellation);
        });
        await using var post = PostOffice.Real(new() { MaxInFlight = 4, MaxCallbacksInFlight = 3 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => post.SendAsync(Callback(server))));
        answers.Should().OnlyContain(a => a.IsUsable);
        most.Should().BeInRange(1, 3);
    }

    [Fact]
    public async Task A_document_passes_a_crowd_of_callbacks()
    {
        var release = new TaskCompletionSource();
        await using var server = new RawServer(async (stream, cancellation) =>
        {
            await release.Task.WaitAsync(cancellation);
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), cancellation);
        });
        await using var post = PostOffice.Real(new() { MaxInFlight = 2, MaxCallbacksInFlight = 1 });
        var callbacks = Enumerable.Range(0, 20).Select(_ => post.SendAsync(Callback(server))).ToList();
        var document = post.SendAsync(PostOffice.Request(server.Origin + "/document"));
        await Eventually.TrueAsync(() => server.Requests.Count >= 2);
        server.Requests.Should().Contain(r => r.StartsWith("POST /document ", StringComparison.Ordinal));
        release.SetResult();
        await Task.WhenAll([.. callbacks, document]);
    }

    [Fact]
    public async Task Callbacks_that_wait_are_bounded_and_each_that_is_lost_is_told()
    {
        var release = new TaskCompletionSource();
        await using var server = new RawServer(async (stream, cancellation) =>
        {
            await release.Task.WaitAsync(cancellation);
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), cancellation);
        });
        await using var post = PostOffice.Real(new() { MaxInFlight = 2, MaxCallbacksInFlight = 1, MaxCallbacksWaiting = 5 });
        var callbacks = await post.World.Loop.RunAsync(
            () => Enumerable.Range(0, 20).Select(_ => post.Letterbox.SendAsync(Callback(server), CancellationToken.None)).ToList(),
            CancellationToken.None);
        var lost = callbacks.Where(c => c.IsCompleted).ToList();
        lost.Should().HaveCount(14);
        (await Task.WhenAll(lost)).Should().OnlyContain(a => !a.IsUsable);
        (await post.EntriesAsync("webhook.failed")).Should().HaveCount(14)
            .And.OnlyContain(e =>
                e.GetProperty("data")
                    .GetProperty("error_message").GetString()!
                    .StartsWith("not sent: 5 callbacks wait already", StringComparison.Ordinal));
        (await post.EntriesAsync("warning")).Should().ContainSingle();
        release.SetResult();
        (await Task.WhenAll(callbacks)).Count(a => a.IsUsable).Should().Be(6);
    }

    [Fact]
    public async Task Who_gives_up_in_the_queue_takes_no_place()
    {
        using var giveUp = new CancellationTokenSource();
        var turnstile = new Turnstile(1, 1);
        await turnstile.EnterAsync(isCallback: false, CancellationToken.None);
        var quitter = turnstile.EnterAsync(isCallback: false, giveUp.Token).AsTask();
        var patient = turnstile.EnterAsync(isCallback: true, CancellationToken.None).AsTask();
        giveUp.Cancel();
        await quitter.Invoking(q => q).Should().ThrowAsync<OperationCanceledException>();
        turnstile.Leave(isCallback: false);
        await patient;
        turnstile.Leave(isCallback: true);
        turnstile.IsIdle.Should().BeTrue();
    }

    private static WebhookRequest Callback(RawServer server) => PostOffice.Request(server.Origin) with
    {
        Purpose = WebhookPurpose.StatusCallback,
    };
}
