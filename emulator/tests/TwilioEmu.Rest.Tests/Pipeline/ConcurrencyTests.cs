using System.Text;
using Microsoft.AspNetCore.Http;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Rest.Tests.Pipeline;

public sealed class ConcurrencyTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new(concurrentRequests: 1);

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task One_request_more_than_an_account_may_have_is_429_and_does_nothing()
    {
        var body = new BodyToCome();
        var first = SendAsync(body);

        var second = await _rest.PostAsync("Queues.json", "FriendlyName", "second");

        second.Status.Should().Be(429);
        second.Code.Should().Be(20429);
        second["message"].Should().Be("Too Many Requests");
        second.Headers["Twilio-Concurrent-Requests"].ToString().Should().Be("2");
        body.Come("FriendlyName=first");
        (await first).Response.StatusCode.Should().Be(201);
        var queues = (await _rest.GetAsync("Queues.json")).Json.GetProperty("queues").EnumerateArray()
            .Select(q => q.GetProperty("friendly_name").GetString());
        queues.Should().Equal("first");
    }

    [Fact]
    public async Task Accounts_are_counted_apart()
    {
        var other = await _rest.World.Loop.RunAsync(() => _rest.Accounts.Create(new AccountSpec { FriendlyName = "other" }), default);
        var body = new BodyToCome();
        var first = SendAsync(body);

        var theirs = await _rest.GetAsync($"/2010-04-01/Accounts/{other.Sid}/Balance.json", other.Sid.Value, other.AuthToken);

        theirs.Status.Should().Be(200);
        theirs.Headers["Twilio-Concurrent-Requests"].ToString().Should().Be("1");
        body.Come("FriendlyName=first");
        await first;
    }

    [Fact]
    public async Task A_key_is_counted_for_its_account_on_hosts_without_an_account_in_the_path()
    {
        var key = await _rest.PostAsync("Keys.json");
        await AskAsync((key["sid"]!, key["secret"]!), "verify.twilio.com", "/v2/Services");
        var body = new BodyToCome();
        var first = SendAsync(body);

        var second = await AskAsync((key["sid"]!, key["secret"]!), "monitor.twilio.com", "/v1/Alerts");

        second.Status.Should().Be(429);
        body.Come("FriendlyName=first");
        await first;
    }

    [Fact]
    public async Task Every_key_is_counted_for_its_account_however_many_there_are_and_whatever_strangers_send()
    {
        var keys = new List<(string Sid, string Secret)>();
        for (var i = 0; i < 200; i++)
        {
            var key = await _rest.PostAsync("Keys.json");
            keys.Add((key["sid"]!, key["secret"]!));
            await AskAsync(keys[i], "verify.twilio.com", "/v2/Services");
            await AskAsync(($"SK{i:x32}", "wrong"), "verify.twilio.com", "/v2/Services");
        }
        var body = new BodyToCome();
        var first = SendAsync(body);

        var answers = new List<int>();
        foreach (var key in keys) answers.Add((await AskAsync(key, "monitor.twilio.com", "/v1/Alerts")).Status);

        answers.Should().AllBeEquivalentTo(429);
        body.Come("FriendlyName=first");
        await first;
    }

    [Fact]
    public async Task Strangers_hear_nothing_of_the_ceiling()
    {
        var body = new BodyToCome();
        var first = SendAsync(body);

        (await _rest.GetAsync("Balance.json", password: "wrong")).Status.Should().Be(401);

        body.Come("FriendlyName=first");
        await first;
    }

    /// <summary>A GET by a key.</summary>
    private Task<RestAnswer> AskAsync((string Sid, string Secret) key, string host, string path) =>
        _rest.SendAsync("GET", path, null, null, key.Sid, key.Secret, host);

    /// <summary>A POST of a queue whose body is still on its way.</summary>
    private async Task<HttpContext> SendAsync(Stream body)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "POST";
        http.Request.Scheme = "https";
        http.Request.Host = new HostString("api.twilio.com");
        http.Request.Path = $"/2010-04-01/Accounts/{RestWorld.Account}/Queues.json";
        http.Request.Headers.Authorization = "Basic " + Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{RestWorld.Account}:{RestWorld.Token}"));
        http.Request.ContentType = "application/x-www-form-urlencoded";
        http.Request.ContentLength = "FriendlyName=first".Length;
        http.Request.Body = body;
        http.Response.Body = new MemoryStream();
        await _rest.Door.HandleAsync(http);
        return http;
    }

    /// <summary>A request body that comes when it is told to.</summary>
    private sealed class BodyToCome : MemoryStream
    {
        private readonly TaskCompletionSource _come = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Come(string text)
        {
            Write(Encoding.UTF8.GetBytes(text));
            Position = 0;
            _come.SetResult();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _come.Task;
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
