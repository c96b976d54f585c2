using System.Net;
using System.Text;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Webhooks.Tests.Wires;

/// <summary>Apps in this process behind a handler, as a test server gives one.</summary>
public sealed class HandlerWireTests
{
    private const string Origin = "http://app.test";

    [Fact]
    public async Task The_app_gets_the_request_that_a_socket_would_have_carried()
    {
        HttpRequestMessage? seen = null;
        var body = "";
        await using var post = Open(async (request, cancellation) =>
        {
            (seen, body) = (request, await request.Content!.ReadAsStringAsync(cancellation));
            return Twiml("<Response/>");
        });
        var answer = await post.SendAsync($"{Origin}/sms?x=%2B", "POST", ("Body", "a b"), ("To", "+1"));
        answer.IsUsable.Should().BeTrue(answer.ErrorMessage);
        Encoding.UTF8.GetString(answer.Body.Span).Should().Be("<Response/>");
        body.Should().Be("Body=a+b&To=%2B1");
        seen!.RequestUri!.OriginalString.Should().Be($"{Origin}/sms?x=%2B");
        seen.Headers.Host.Should().Be("app.test");
        seen.Headers.UserAgent.ToString().Should().Be("TwilioProxy/1.1");
        seen.Headers.GetValues("X-Twilio-Signature").Single().Should().Be(
            (await post.EntriesAsync("webhook.sent"))
                .Single().GetProperty("data").GetProperty("headers").GetProperty("X-Twilio-Signature").GetString());
    }

    [Fact]
    public async Task An_app_that_throws_has_answered_500()
    {
        await using var post = Open((_, _) => throw new InvalidOperationException("no such customer"));
        var answer = await post.SendAsync($"{Origin}/sms");
        (answer.Status, answer.ErrorCode).Should().Be((500, 11200));
        Encoding.UTF8.GetString(answer.Body.Span).Should().Contain("no such customer");
    }

    [Fact]
    public async Task An_app_that_never_answers_costs_the_world_as_much_time_as_the_wall()
    {
        await using var post = Open(async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return Twiml("");
        });
        var answer = await post.SendAsync($"{Origin}/sms#rt=100");
        (answer.Status, answer.ErrorCode).Should().Be(((int?)null, 11200));
        (await post.World.Loop.RunAsync(post.World.Clock.GetUtcNow, CancellationToken.None))
            .Should().Be(TwilioEmu.Kernel.WorldOptions.StoryStart.AddMilliseconds(100));
    }

    [Fact]
    public async Task Other_origins_are_not_the_apps()
    {
        await using var post = Open((_, _) => Task.FromResult(Twiml("<Response/>")));
        (await post.SendAsync("https://app.test:1/sms#ct=500")).Status.Should().BeNull();
        (await post.SendAsync("http://APP.test/sms")).Status.Should().Be(200);
    }

    private static PostOffice Open(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> app) => PostOffice.Open(
        new ClockMode.Auto(),
        new()
        {
            TokenOf = static _ => PostOffice.Token,
            Handlers = new Dictionary<string, HttpMessageHandler>(StringComparer.OrdinalIgnoreCase) { [Origin] = new Handler(app) },
        });

    private static HttpResponseMessage Twiml(string document) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(document, Encoding.UTF8, "text/xml"),
    };

    private sealed class Handler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer(request, cancellationToken);
    }
}
