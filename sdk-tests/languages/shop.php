<?php
// A shop that is texted and called, in PHP's own server (php -S ADDRESS shop.php) and its curl: no line about an emulator.
$sid = getenv('TWILIO_ACCOUNT_SID');
$token = getenv('TWILIO_AUTH_TOKEN');
$here = 'http://' . $_SERVER['HTTP_HOST'];
$account = "/2010-04-01/Accounts/$sid";

class Refused extends RuntimeException
{
}

/** A call of Twilio's API: a form is posted, without one it is got. Files come as they are. */
function twilio(string $path, ?array $form = null, string $host = 'api.twilio.com'): array|string
{
    global $sid, $token;
    $curl = curl_init(str_starts_with($path, 'http') ? $path : "https://$host$path");
    curl_setopt_array($curl, [CURLOPT_USERPWD => "$sid:$token", CURLOPT_RETURNTRANSFER => true]);
    if ($form !== null) curl_setopt($curl, CURLOPT_POSTFIELDS, http_build_query($form));
    $body = curl_exec($curl);
    if ($body === false) throw new RuntimeException(curl_error($curl));
    if (!str_contains((string) curl_getinfo($curl, CURLINFO_CONTENT_TYPE), 'json')) return $body;
    $answer = json_decode($body, true);
    if (curl_getinfo($curl, CURLINFO_RESPONSE_CODE) >= 400) throw new Refused($answer['message'], $answer['code']);
    return $answer;
}

/** twilio.com/docs/usage/security#validating-requests */
function is_signed(string $url, array $fields, string $signature): bool
{
    global $token;
    ksort($fields, SORT_STRING);
    $words = $url;
    foreach ($fields as $name => $value) $words .= $name . $value;
    return hash_equals(base64_encode(hash_hmac('sha1', $words, $token, true)), $signature);
}

/** What outlives a request, since PHP itself does not: a file for each name. */
function remember(string $name, string $line): void
{
    file_put_contents(getenv('SHOP_DATA') . '/' . preg_replace('/\W/', '', $name), "$line\n", FILE_APPEND | LOCK_EX);
}

function remembered(string $name): array
{
    return @file(getenv('SHOP_DATA') . '/' . preg_replace('/\W/', '', $name), FILE_IGNORE_NEW_LINES) ?: [];
}

function twiml(string $words): void
{
    header('Content-Type: text/xml');
    echo "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>$words</Response>";
}

function nothing(): void
{
    http_response_code(204);
}

function notify(string $to, string $body): array
{
    global $account, $here;
    try {
        $message = twilio("$account/Messages.json", ['To' => $to, 'From' => getenv('TWILIO_NUMBER'), 'Body' => $body, 'StatusCallback' => "$here/status"]);
        return ['sid' => $message['sid'], 'status' => $message['status']];
    } catch (Refused $refused) {
        return match ($refused->getCode()) {
            21211 => ['error' => "$to is no phone number"],
            21610 => ['error' => "$to wants no texts"],
            default => throw $refused,
        };
    }
}

function verify(string $path, array $form): array
{
    if (remembered('verify') === []) remember('verify', twilio('/v2/Services', ['FriendlyName' => 'Shop'], 'verify.twilio.com')['sid']);
    $service = remembered('verify')[0];
    return ['status' => twilio("/v2/Services/$service/$path", $form, 'verify.twilio.com')['status']];
}

function history(): array
{
    global $account;
    $bodies = [];
    for ($page = "$account/Messages.json?PageSize=2"; $page !== null; $page = $found['next_page_uri']) {
        $found = twilio($page);
        array_push($bodies, ...array_column($found['messages'], 'body'));
    }
    return ['bodies' => $bodies];
}

$webhooks = [
    '/sms' => fn ($q) => twiml('<Message>You wrote: ' . htmlspecialchars($q['Body'], ENT_XML1) . '</Message>'),
    '/voice' => fn () => twiml('<Gather numDigits="1" action="/menu"><Say>Press 1 to leave a message.</Say></Gather><Say>Goodbye.</Say>'),
    '/menu' => fn ($q) => twiml($q['Digits'] === '1'
        ? '<Say>Speak after the tone.</Say><Record action="/recorded" maxLength="30" finishOnKey="#" recordingStatusCallback="/recording"/>'
        : '<Say>There is no such choice.</Say><Redirect>/voice</Redirect>'),
    '/recorded' => fn ($q) => twiml("<Say>Thank you for {$q['RecordingDuration']} seconds.</Say><Hangup/>"),
    '/recording' => fn ($q) => [remember($q['CallSid'], $q['RecordingUrl']), nothing()],
    '/status' => fn ($q) => [remember($q['MessageSid'], $q['MessageStatus']), nothing()],
];
$staff = [
    '/notify' => fn ($q) => notify($q['to'], $q['body']),
    '/statuses' => fn ($q) => ['statuses' => remembered($q['sid'])],
    '/login' => fn ($q) => verify('Verifications', ['To' => $q['to'], 'Channel' => 'sms']),
    '/check' => fn ($q) => verify('VerificationCheck', ['To' => $q['to'], 'Code' => $q['code']]),
    '/voicemail' => fn ($q) => remembered($q['call']) === [] ? new stdClass() : ['wav' => substr(twilio(remembered($q['call'])[0] . '.wav'), 0, 4)],
    '/history' => fn () => history(),
];

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (isset($webhooks[$path])) {
    if (is_signed($here . $_SERVER['REQUEST_URI'], $_POST, $_SERVER['HTTP_X_TWILIO_SIGNATURE'] ?? '')) $webhooks[$path]($_POST);
    else http_response_code(403);
} elseif (isset($staff[$path])) {
    $answer = $staff[$path]($_POST);
    header('Content-Type: application/json');
    echo json_encode($answer);
} else {
    http_response_code(404);
}
