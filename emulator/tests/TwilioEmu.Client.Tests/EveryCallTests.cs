using System.Net;
using System.Text;

namespace TwilioEmu.Client.Tests;

/// <summary>
/// The client beside the control API's own list of calls, which tells what has no method and why (<c>ControlCall.NoMethod</c>).
/// </summary>
public sealed class EveryCallTests(EmulatorHouse house) : IClassFixture<EmulatorHouse>
{
    [Fact]
    public async Task Every_call_of_the_control_API_has_a_method_or_a_reason_to_have_none()
    {
        var index = await house.Client.SendAsync(HttpMethod.Get, "/");
        // What is not built needs no method.
        var calls = index.GetProperty("calls").EnumerateArray().Where(c => c.GetProperty("built").GetBoolean())
            .ToLookup(
                c => c.TryGetProperty("no_method", out _),
                c => $"{c.GetProperty("method").GetString()} {c.GetProperty("path").GetString()!["/_emu/v1".Length..]}");
        calls[false].Should().HaveCountGreaterThan(25);
        var asked = await AskEverythingAsync();

        calls[false].Where(c => !asked.Any(a => Fits(c, a)))
            .Should().BeEmpty("EmulatorClient has a method for each, which AskEverythingAsync calls; or its row a NoMethod");
        asked.Where(a => !calls[false].Any(c => Fits(c, a))).Should().BeEmpty("what the client asks is there, and has no NoMethod");
    }

    [Fact]
    public async Task Any_deed_is_done_by_its_word()
    {
        var phone = house.Client.Handset("+12125559101");
        var call = await phone.DialAsync(EmulatorHouse.Number);
        await call.ShouldHearAsync("press one");
        await call.ActAsync(ScriptStep.Presses("1"));
        await call.ShouldHearAsync("You pressed 1");
        var wait = () => call.ActAsync(ScriptStep.Wait(TimeSpan.FromSeconds(1)));
        (await wait.Should().ThrowAsync<EmulatorException>()).Which.Status.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Troubles_nobody_asked_about_are_told_and_fail_a_strict_claim()
    {
        var phone = house.Client.Handset("+12125559102");
        var after = (await house.Client.JournalAsync()).LastSeq;
        var dialled = await house.Host.Control.SendAsync(
            HttpMethod.Post, "/handsets/+12125559102/calls",
            new()
            {
                ["to"] = EmulatorHouse.Number,
                ["script"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject
                {
                    ["hears"] = "never said",
                    ["within"] = "2s",
                }),
            });
        var match = new EntryMatch { Kind = "call.completed", Subject = dialled.GetProperty("call_sid").GetString() };
        var found = await house.Client.ExpectAsync(match, within: TimeSpan.FromSeconds(60), after: after);
        found.Should().ContainSingle();
        found.Also.Should().Contain(a => a.Told.Contains("never said") && a.Entry.Subject == phone.Number);
        var strict = () => house.Client.ExpectAsync(match, within: TimeSpan.FromSeconds(60), after: after, strict: true);
        (await strict.Should().ThrowAsync<ExpectationFailedException>()).Which.Also.Should().NotBeEmpty();
    }

    private static bool Fits(string call, string asked)
    {
        var (wanted, got) = (call.Split('/'), asked.Split('/'));
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i].StartsWith("{**", StringComparison.Ordinal)) return got.Length > i;
            if (i >= got.Length || (!wanted[i].StartsWith('{') && wanted[i] != got[i])) return false;
        }
        return wanted.Length == got.Length;
    }

    /// <summary>Calls each method of a client once; what was asked.</summary>
    private static async Task<HashSet<string>> AskEverythingAsync()
    {
        using var recorder = new Recorder();
        using var client = new EmulatorClient(new Uri("http://emulator.test"), recorder) { Patience = TimeSpan.FromSeconds(1) };
        var (phone, call, match) = (client.Handset("+12125550100"), client.Call("CA1"), new EntryMatch { Kind = "x" });
        Func<Task>[] all =
        [
            () => client.HealthAsync(), () => client.ResetAsync(), () => client.SnapshotAsync(), () => client.SnapshotsAsync(),
            () => client.RestoreAsync("1"), () => client.ClockAsync(), () => client.SetClockAsync("auto"),
            () => client.AdvanceAsync(TimeSpan.FromSeconds(1)),
            () => client.OpenAccountAsync(), () => client.AccountsAsync(), () => phone.StateAsync(),
            () => phone.ConfigureAsync(new HandsetSettings()), () => phone.TextAsync("+1", "x"),
            () => phone.DialAsync("+1"), () => call.AnswerAsync(), () => call.PressAsync("1"), () => call.SayAsync("x"),
            () => call.HangUpAsync(), () => call.ActAsync(ScriptStep.HangsUp()),
            () => call.TranscriptAsync(), () => call.PlayAsync(new byte[1]), () => call.AudioAsync(), () => client.WebhooksAsync(),
            () => client.WebhookAsync(1), () => client.ReplayWebhookAsync(1), () => client.JournalAsync(),
            async () => { await foreach (var _ in client.FollowJournalAsync()) break; }, () => client.ExpectAsync(match),
            () => client.ExpectExactlyAsync(match, 0),
            () => client.FidelityAsync(), () => client.PutResourceAsync("video", "/v1/Rooms", []), () => client.CaPemAsync(),
            () => client.CaBundlePemAsync(), () => client.SmppLinksAsync(),
        ];
        foreach (var one in all)
        {
            // What is answered is nothing the client knows; what it asked is what counts.
            try
            {
                await one();
            }
            catch (Exception fault) when (
                fault is EmulatorException or TimeoutException or ArgumentException or ExpectationFailedException or NullReferenceException)
            {
            }
        }
        return recorder.Asked;
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public HashSet<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (Asked) Asked.Add($"{request.Method} {Uri.UnescapeDataString(request.RequestUri!.AbsolutePath)["/_emu/v1".Length..]}");
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}", Encoding.UTF8, "application/json") });
        }
    }
}
