<?php
// PHP's curl, which is the SDK's own HTTP client: no line about an emulator.
$sid = getenv('TWILIO_ACCOUNT_SID');
$curl = curl_init("https://api.twilio.com/2010-04-01/Accounts/$sid/Messages.json");
curl_setopt_array($curl, [
    CURLOPT_USERPWD => $sid . ':' . getenv('TWILIO_AUTH_TOKEN'),
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_POSTFIELDS => http_build_query(['To' => '+14155550199', 'From' => '+14155550100', 'Body' => 'from php']),
]);
$body = curl_exec($curl);
if (curl_getinfo($curl, CURLINFO_RESPONSE_CODE) !== 201) {
    fwrite(STDERR, 'answered ' . curl_getinfo($curl, CURLINFO_RESPONSE_CODE) . ' ' . curl_error($curl) . "\n");
    exit(1);
}
echo json_encode(['message' => json_decode($body)->sid]), "\n";
