using TwilioEmu.Accounts.Numbers.CallerIds;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Calls;

/// <summary>Calls numbers that are to be verified as caller IDs, and asks for the code.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/api/outgoing-caller-ids: six digits are to be typed; words, patience and number of tries are
/// inferred. The live call leaves it to the app to show the code; this one says it too, so that a scripted phone can hear it.
/// The calls are Twilio's own and do not wait for the account's rate.
/// </remarks>
internal sealed class CodeCaller(CallServices services) : ICallerIdCaller
{
    /// <summary>The number Twilio's own calls come from.</summary>
    public const string TwilioNumber = "+14157234000";

    private const int MaxTries = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Call(CodeCall wanted)
    {
        var now = services.World.Clock.GetUtcNow();
        var record = new Call
        {
            Sid = services.World.Sids.New("CA"),
            Account = wanted.Account,
            From = TwilioNumber,
            To = wanted.Number,
            Direction = CallDirection.OutboundApi,
            Status = CallStatus.Queued,
            DateCreated = now,
            DateUpdated = now,
            QueueTime = wanted.Delay,
        };
        var call = new LiveCall(services, record, new CallInstructions { SendDigits = wanted.Extension }, wanted.Cause);
        services.World.Loop.Start(() => RunAsync(call, wanted));
        return record.Sid;
    }

    private async Task RunAsync(LiveCall call, CodeCall wanted)
    {
        if (wanted.Delay > TimeSpan.Zero) await Task.Delay(wanted.Delay, services.World.Clock, services.World.Ending);
        var isGiven = await Ringing.RunAsync(services, call) && await AskAsync(call, wanted.Code);
        if (!call.IsOver) await TakeLeaveAsync(call, isGiven);
        if (!call.IsOver) call.Complete();
        var outcome = wanted.Conclude(isGiven, call.Cause);
        if (wanted.StatusCallback is not { } url) return;
        services.Lanes.Enqueue(
            call.Record.Sid,
            services.RequestFor(call.Record, url, wanted.StatusCallbackMethod, WebhookPurpose.StatusCallback, outcome, call.Cause));
    }

    private async Task<bool> AskAsync(LiveCall call, string code)
    {
        var cancellation = call.BeginScope().Token;
        try
        {
            using var inputs = call.Media.Listen();
            for (var attempt = 0; attempt < MaxTries; attempt++)
            {
                var greeting = attempt == 0 ? "This is Twilio with a caller ID verification request." : "That code is not valid.";
                var words = $"{greeting} Please enter your verification code: {string.Join(' ', code.ToCharArray())}";
                if (await CollectAsync(call, inputs, words, code.Length, cancellation) == code) return true;
            }
            return false;
        }
        catch (OperationCanceledException) when (!services.World.Ending.IsCancellationRequested)
        {
            // Hung up.
            return false;
        }
    }

    private async Task TakeLeaveAsync(LiveCall call, bool isGiven)
    {
        var cancellation = call.BeginScope().Token;
        try
        {
            await SayAsync(
                call, isGiven ? "Thank you. Your number is verified. Goodbye." : "Your number is not verified. Goodbye.", cancellation);
        }
        catch (OperationCanceledException) when (!services.World.Ending.IsCancellationRequested)
        {
            // Whoever hangs up now has still given the code, or not.
        }
    }

    /// <summary>Keys up to a length, to a finishing <c>#</c>, or to the end of patience; the first of them cuts the words short.</summary>
    internal static async Task<string> CollectAsync(
        LiveCall call, PartyInputs inputs, string words, int length, CancellationToken cancellation)
    {
        var keys = "";
        var patience = Timeout.InfiniteTimeSpan;
        using var prompting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var playing = PromptAsync(call, inputs, words, prompting.Token);
        try
        {
            while (keys.Length < length)
            {
                var input = await inputs.NextAsync(patience, cancellation);
                switch (input?.Key)
                {
                    case null when input is PartyInput.PromptEnded:
                        patience = Patience;
                        call.Media.ExpectInput(true);
                        break;
                    // The finishing key of a code that was complete without it.
                    case '#' when keys.Length == 0:
                        break;
                    case '#':
                    case null when input is null:
                        return keys;
                    case { } key:
                        keys += key;
                        patience = Patience;
                        prompting.Cancel();
                        break;
                }
            }
            return keys;
        }
        finally
        {
            call.Media.ExpectInput(false);
            prompting.Cancel();
            await playing;
        }
    }

    private static async Task PromptAsync(LiveCall call, PartyInputs inputs, string words, CancellationToken cancellation)
    {
        try
        {
            await SayAsync(call, words, cancellation);
            inputs.Put(new PartyInput.PromptEnded());
        }
        catch (OperationCanceledException)
        {
            // A key was pressed, or the call has ended.
        }
    }

    internal static Task SayAsync(LiveCall call, string words, CancellationToken cancellation) =>
        call.Media.PlayAsync(Sounds.Speech(words), cancellation);
}
