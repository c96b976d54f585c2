using System.Globalization;
using TwilioEmu.Media.Detection;
using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Detection;

/// <summary>Listens to who answered a call, from the answer on, until it knows.</summary>
/// <remarks>Loop-confined. Begin it in the turn of the answer.</remarks>
internal sealed class DetectionRun(CallServices services, LiveCall call, MachineDetection wanted)
{
    /// <summary>Puts the result into the call's record, and tells it where it is asynchronous.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var answered = Now;
        var detector = new MachineDetector(wanted, answered);
        using (var inputs = call.Media.Listen())
        {
            while (detector.Result is null)
            {
                var wait = detector.Due - Now;
                var input = await inputs.NextAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellation);
                switch (input)
                {
                    case PartyInput.Perceived { What: Perceived.Began began } when SoundOf(began.Source) is { } sound:
                        _sounding[began.Number] = (sound, began.Source);
                        detector.Began(sound, Now);
                        break;
                    case PartyInput.Perceived { What: Perceived.Ended ended } when _sounding.Remove(ended.Number, out var over):
                        End(detector, over.Sound, over.Source);
                        break;
                }
                detector.Look(Now);
            }
        }
        var took = Now - answered;
        call.Identify(detector.Result, took);
        if (!wanted.IsAsync) return;
        if (wanted.Callback is not { } url)
        {
            services.Raise(
                call.Record, 21262, "No AMD status callback URL provided: the result is in the call's answered_by alone", null, call.Cause);
            return;
        }
        services.Lanes.Enqueue($"{call.Record.Sid} amd", new WebhookRequest
        {
            Account = call.Record.Account,
            Url = url,
            Method = wanted.CallbackMethod,
            Parameters =
            [
                new("CallSid", call.Record.Sid),
                new("AccountSid", call.Record.Account.Value),
                new("AnsweredBy", detector.Result),
                new("MachineDetectionDuration", ((long)took.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)),
            ],
            Subject = call.Record.Sid,
            Purpose = WebhookPurpose.AmdStatusCallback,
            Cause = call.Cause,
            CookieJar = call.Record.Sid,
            IsVoice = true,
        });
    }

    /// <summary>Runs it beside the call's document; a call that ends meanwhile has no result.</summary>
    public async Task RunAsideAsync()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(services.World.Ending);
        var detecting = RunAsync(ending.Token);
        if (await Task.WhenAny(detecting, call.Over.Task) != detecting) ending.Cancel();
        try
        {
            await detecting;
        }
        catch (OperationCanceledException) when (!services.World.Ending.IsCancellationRequested)
        {
            // The call is over.
        }
    }

    private readonly Dictionary<int, (LineSound Sound, Source Source)> _sounding = [];
    private bool _isGreeted;

    private DateTimeOffset Now => services.World.Clock.GetUtcNow();

    /// <summary>A live phone's sound is a level and no more until it is over: only then a greeting is told from its beep.</summary>
    private void End(MachineDetector detector, LineSound sound, Source source)
    {
        if (source is Source.Live live && BeepDetector.IsLastOf(live.Input, _isGreeted))
        {
            detector.Began(LineSound.Beep, Now);
            sound = LineSound.Beep;
        }
        _isGreeted = true;
        detector.Ended(sound, Now);
    }

    private static LineSound? SoundOf(Source source) => source switch
    {
        Source.Words or Source.Clip or Source.Live => LineSound.Speech,
        Source.Tone { Name.Kind: ToneKind.MachineBeep or ToneKind.Beep } => LineSound.Beep,
        Source.Tone { Name.Kind: ToneKind.FaxAnswering or ToneKind.FaxCalling } => LineSound.Fax,
        Source.Tone { Name.Kind: ToneKind.Information or ToneKind.Busy or ToneKind.Congestion } => LineSound.Network,
        _ => null,
    };
}
