using System.Text;
using TwilioEmu.Voice.Sound;

namespace TwilioEmu.Voice.Paying;

/// <summary>Takes the keys of one piece of a payment.</summary>
/// <remarks>
/// Loop-confined. It ends with its full length, with <c>#</c>, with a pause after a key, or with <c>*</c>, which gives the payment up.
/// </remarks>
/// <param name="details">What is known already.</param>
/// <param name="piece">Which.</param>
/// <param name="spec">What was asked.</param>
/// <param name="clock">Times it.</param>
/// <param name="followsFull">True where the piece before was whole before its <c>#</c>: one that comes first now is still its.</param>
internal sealed class KeyedPiece(PayDetails details, PayPiece piece, PaySpec spec, TimeProvider clock, bool followsFull = false)
{
    private readonly StringBuilder _digits = new();

    public string Digits => _digits.ToString();

    /// <summary>True once the payer gave up.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>True once it had its full length, and did not wait for a <c>#</c>.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Reads keys to the end of the piece.</summary>
    /// <param name="inputs">Of the payer.</param>
    /// <param name="isPrompting">True while a prompt plays: the time to press counts
    /// from its end, which stands in the line of inputs.</param>
    /// <param name="keyed">Told of each key that is a digit.</param>
    /// <param name="promptEnded">Told once, when the prompt is over of itself or because a key was pressed.</param>
    /// <param name="cancellation">The payer is gone.</param>
    public async Task ReadAsync(PartyInputs inputs, bool isPrompting, Action keyed, Action promptEnded, CancellationToken cancellation)
    {
        void EndPrompt()
        {
            if (!isPrompting) return;
            isPrompting = false;
            promptEnded();
        }

        DateTimeOffset? deadline = isPrompting ? null : clock.GetUtcNow() + spec.Timeout;
        while (true)
        {
            var within = deadline is not { } due ? Timeout.InfiniteTimeSpan
                : due - clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left
                : TimeSpan.Zero;
            var input = await inputs.NextAsync(within, cancellation);
            if (input is null) return;
            if (input is PartyInput.PromptEnded)
            {
                deadline ??= clock.GetUtcNow() + spec.Timeout;
                EndPrompt();
            }
            if (input.Key is not { } key) continue;
            if (key == '#' && followsFull && _digits.Length == 0)
            {
                followsFull = false;
                continue;
            }
            EndPrompt();
            deadline = clock.GetUtcNow() + spec.Timeout;
            if (key == '#') return;
            if (key == '*')
            {
                IsGivenUp = true;
                return;
            }
            if (!char.IsAsciiDigit(key)) continue;
            _digits.Append(key);
            keyed();
            IsFull = details.FullLength(piece, Digits) is { } full && _digits.Length >= full;
            if (IsFull) return;
        }
    }
}
